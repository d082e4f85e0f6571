/** Why work in the database ended, in words for the admin. */

export interface Failure {
  code: string;
  /** one plain sentence */
  message: string;
}

/** What the database's code of an error means: the code that is kept of it, and a clause that follows "failed:". */
export function databaseTrouble(sqlState: string | null): { code: string; what: string } {
  if (sqlState === "57014") return { code: "timeout", what: "it took too long and was stopped" };
  if (sqlState === "53100") return { code: "disk_full", what: "the database has no space left" };
  if (sqlState?.startsWith("08") === true || sqlState?.startsWith("57P") === true || sqlState === "53300") {
    return { code: "connection_lost", what: "the connection to the database was lost" };
  }
  if (sqlState === "40001" || sqlState === "40P01") return { code: "busy", what: "other work kept getting in its way" };
  return { code: "unexpected", what: "something went wrong that should not have" };
}
