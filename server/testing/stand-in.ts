/** The test's database in its own replica's place: shows who reads there, and needs no copy. */
import { createLog } from "../base/log.ts";
import { openDatabase, type RootDb } from "../db/pools.ts";
import { Replica } from "../db/replica/replica.ts";

/** In use whatever a look finds, and never old. */
class StandIn extends Replica {
  #closing: Promise<void> | null = null;

  override isOpenFor(): boolean {
    return true;
  }

  override asOfOn(): Promise<Date> {
    return Promise.resolve(new Date());
  }

  /** A test may have closed it before the rest. */
  override close(): Promise<void> {
    this.#closing ??= super.close();
    return this.#closing;
  }
}

/** Pools of their own over the same database, and the stand-in; the caller closes it. */
export function withStandIn({ url }: Pick<RootDb, "url">): RootDb & { replica: Replica } {
  const opened = openDatabase({ url, applicationName: "muster test" });
  const replica = new StandIn({
    asRequest: { connectionString: url },
    asOwner: { connectionString: url },
    primary: opened.owner,
    log: createLog({ level: "silent" }),
  });
  return {
    ...opened,
    replica,
    async close() {
      await replica.close();
      await opened.close();
    },
  };
}
