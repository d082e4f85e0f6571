/**
 * What the server sends although Citus refuses it or does it slowly, which is why clients' statements go to their homes, where
 * PostgreSQL plans them (docs/scaling.md): each with the reason, or with what would have to change.
 */
import type { Rule, Violation } from "./rules.ts";

export interface Allowance {
  rule: Rule;
  /** how the statement is recognised: a part of its text, with single spaces */
  statement: string;
  /** a test file in which it is sent, so that an entry that is needed no more is found there */
  seenIn: string;
  why: string;
}

/** What Citus says to it under row-level security: docs/scaling.md. */
const REFUSED =
  "Its rows come through the coordinator, which a cluster takes only from a statement that returns something.";
const NUMBERED = `One row, numbered after the last of its kind; where there is none yet no column could bring the client. ${REFUSED}`;
const ONE_ROW = `One row of what somebody did, with a condition. ${REFUSED}`;
const NEW_ID = `The id is the database's, and only rows that are new that night have one. ${REFUSED}`;

export const allowedStatements: readonly Allowance[] = [
  {
    rule: "constant_client",
    statement: "insert into sync_runs (",
    seenIn: "server/cli/cli.test.ts",
    why: NUMBERED,
  },
  {
    rule: "volatile_insert",
    statement: "insert into sync_runs (",
    seenIn: "server/cli/cli.test.ts",
    why: NUMBERED,
  },
  {
    rule: "constant_client",
    statement: "insert into sync_attempts (",
    seenIn: "server/cli/cli.test.ts",
    why: NUMBERED,
  },
  {
    rule: "constant_client",
    statement: "insert into sync_events (",
    seenIn: "server/cli/cli.test.ts",
    why: NUMBERED,
  },
  {
    rule: "constant_client",
    statement: "insert into sync_holds (",
    seenIn: "server/sync/guards/guards.test.ts",
    why: NUMBERED,
  },
  {
    rule: "constant_client",
    statement: "insert into sync_changes (",
    seenIn: "server/sync/guards/guards.test.ts",
    why: "What a run changed, numbered in its order: a window over all of it, which no node could number on its own unless the select said whose it is. The changes' selects would have to answer client_id.",
  },
  {
    rule: "constant_client",
    statement: "insert into notification_digests (",
    seenIn: "server/digest/digest.test.ts",
    why: NUMBERED,
  },
  {
    rule: "constant_client",
    statement: "insert into handle_aliases (",
    seenIn: "server/imports/aliases/aliases.test.ts",
    why: ONE_ROW,
  },
  {
    rule: "constant_client",
    statement: "insert into notification_events (",
    seenIn: "server/notifications/notifications.test.ts",
    why: "One event, if a channel asks for it, and its deliveries, as many as there are channels. Through the coordinator, a few rows.",
  },
  {
    rule: "volatile_insert",
    statement: "insert into notification_events (",
    seenIn: "server/notifications/notifications.test.ts",
    why: "One event, if a channel asks for it, and its deliveries, as many as there are channels. Through the coordinator, a few rows.",
  },
  {
    rule: "constant_client",
    statement: "insert into rehearsals (",
    seenIn: "server/sync/rehearsal/endings.test.ts",
    why: ONE_ROW,
  },
  {
    rule: "volatile_insert",
    statement: "insert into rehearsals (",
    seenIn: "server/sync/rehearsal/endings.test.ts",
    why: ONE_ROW,
  },
  {
    rule: "volatile_insert",
    statement: "insert into missions (",
    seenIn: "server/missions/missions.test.ts",
    why: "One row: a mission copied under an id of its own.",
  },
  {
    rule: "volatile_insert",
    statement: "insert into progress_queue (",
    seenIn: "server/progress/progress.test.ts",
    why: "As many rows as missions whose rows were woken, numbered by an identity.",
  },
  {
    rule: "volatile_insert",
    statement: "insert into totals_queue (",
    seenIn: "server/tiers/tiers.test.ts",
    why: "One row that names all creators of a statement, numbered by an identity.",
  },
  {
    rule: "volatile_insert",
    statement: "insert into users (",
    seenIn: "server/imports/aliases/aliases.test.ts",
    why: NEW_ID,
  },
  {
    rule: "volatile_insert",
    statement: "insert into redemptions (",
    seenIn: "server/redemptions/redemptions.test.ts",
    why: NEW_ID,
  },
  {
    rule: "asked_on_a_node",
    statement: "resembling_creators(",
    seenIn: "server/imports/aliases/aliases.test.ts",
    why: "To be rewritten for Citus: the search by likeness reads past row-level security, for its index, and would have to be asked first, its answer being joined then.",
  },
  {
    rule: "asked_on_a_node",
    statement: "search_creators(",
    seenIn: "server/eligibility/export.test.ts",
    why: "To be rewritten for Citus: downloads and some totals would have to ask for the hits first, as the pages do, and look up these.",
  },
  {
    rule: "across_clients",
    statement: "delete from eligibility_changes",
    seenIn: "server/eligibility/plans/plans.test.ts",
    why: "A test's own: it is refused, for the request role may not.",
  },
  {
    rule: "across_clients",
    statement: "select 1 as held from imports where id =",
    seenIn: "server/sync/rehearsal/writes.test.ts",
    why: "A test's own, which holds a file's row.",
  },
  {
    rule: "lock_across_clients",
    statement: "select 1 as held from imports where id =",
    seenIn: "server/sync/rehearsal/writes.test.ts",
    why: "A test's own, which holds a file's row.",
  },
];

/** Test files that send statements of their own as the request role, which no server would send. */
export const OWN_STATEMENTS: ReadonlySet<string> = new Set([
  "server/db/cursor.test.ts",
  "server/db/db.test.ts",
  "server/db/roles.test.ts",
  "server/db/replica/replication.test.ts",
  "server/access/tenancy.test.ts",
  "bench/smoke.test.ts",
]);

/** Whether an allowance is for this violation of this statement. */
export function allows(one: Allowance, violation: Violation, text: string): boolean {
  return one.rule === violation.rule && text.replaceAll(/\s+/g, " ").includes(one.statement);
}
