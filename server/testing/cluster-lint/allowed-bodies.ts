/** What functions and views of the database do although a cluster refuses it or does it slowly, and what would have to change. */
import type { Rule } from "./rules.ts";

export interface BodyAllowance {
  name: string;
  rule: Rule;
  why: string;
}

const BY_OWNER =
  "Asks for what is due of all clients, a few rows, and answers ids: every node is asked once a minute, as it must be.";
const NUMBERED =
  "The key is numbered by an identity, which Citus fills on the coordinator. Rows are counts, missions times tiers at most.";
const TRANSITION =
  "To be rewritten for Citus: per row, as count_tier_move is, or in the statement that writes the rows (insert_open_pairs, undo), which knows their tiers.";

export const allowedBodies: readonly BodyAllowance[] = [
  { name: "count_rows_added", rule: "transition_join", why: TRANSITION },
  { name: "count_rows_removed", rule: "transition_join", why: TRANSITION },
  {
    name: "count_rows_added",
    rule: "across_clients",
    why: "Asks of everybody whether a row has a later cycle, which none has: an index with no entries. Goes with the rewriting of the trigger.",
  },
  { name: "count_rows_added", rule: "volatile_insert", why: NUMBERED },
  { name: "count_rows_removed", rule: "volatile_insert", why: NUMBERED },
  { name: "count_tier_move", rule: "volatile_insert", why: NUMBERED },
  {
    name: "count_tier_move",
    rule: "constant_client",
    why: "A trigger of one row: it runs on the node that has the row, and everything it reads and writes lies there.",
  },
  {
    name: "create_mission_progress_for_eligible_users",
    rule: "constant_client",
    why: "One row about a seeding that somebody called in SQL; the count must be there when nobody is, so no column could bring the client.",
  },
  {
    name: "create_mission_progress_for_eligible_users",
    rule: "volatile_insert",
    why: "One row; the transaction's number is what the log of changes is read by, and no parameter of the caller's.",
  },
  { name: "due_deliveries", rule: "across_clients", why: BY_OWNER },
  { name: "due_digests", rule: "across_clients", why: BY_OWNER },
  { name: "due_schedules", rule: "across_clients", why: BY_OWNER },
  { name: "silent_runs", rule: "across_clients", why: BY_OWNER },
  { name: "silent_seed_jobs", rule: "across_clients", why: BY_OWNER },
  {
    name: "fold_eligibility_counts",
    rule: "deleted_inserted",
    why: "A thousand small rows become a few; through the coordinator that costs milliseconds, under the client's turn.",
  },
  { name: "fold_eligibility_counts", rule: "volatile_insert", why: NUMBERED },
  {
    name: "fold_progress_counts",
    rule: "deleted_inserted",
    why: "As fold_eligibility_counts: a thousand small rows become a few, through the coordinator.",
  },
  { name: "fold_progress_counts", rule: "volatile_insert", why: NUMBERED },
  {
    name: "forget_future_snapshots",
    rule: "across_clients",
    why: "Once at every start, for a database that was restored elsewhere. On Citus every node would have to compare with its own transactions.",
  },
  {
    name: "mark_seeded",
    rule: "asked_on_a_node",
    why: "To be rewritten for Citus: it asks the log of changes mission by mission through open_candidates, where a join would do.",
  },
  {
    name: "open_candidates",
    rule: "asked_on_a_node",
    why: "To be rewritten for Citus: changed_creators is called for the one mark that it reads, which could be read first.",
  },
  {
    name: "rare_creators_in_order",
    rule: "across_clients",
    why: "Held to one client in both arms of a `case`, of which one is left when it is planned. In one of them no index knows it: on a cluster every node would be asked, and only the client's own has rows.",
  },
  { name: "recount_eligibility", rule: "volatile_insert", why: NUMBERED },
  { name: "recount_progress", rule: "volatile_insert", why: NUMBERED },
  {
    name: "recount_progress",
    rule: "constant_client",
    why: "A recount, weekly and after a change of timezone, of as many rows as there are missions times statuses times days.",
  },
];
