/** What `/metrics` tells of the replica: whether it is in use, how old its data is, and who answered what it might have answered. */
import { Counter, Gauge, type Registry } from "prom-client";
import type { Replica } from "../db/replica/replica.ts";

/** Registers the figures; they are read from the replica's own when they are asked for. */
export function watchReplica(register: Registry, replica: Replica): void {
  const inUse = new Gauge({
    name: "muster_replica_in_use",
    help: "1 while lists and downloads may come from the replica.",
    registers: [register],
    collect() {
      inUse.set(replica.report().state === "in_use" ? 1 : 0);
    },
  });
  const lag = new Gauge({
    name: "muster_replica_lag_seconds",
    help: "How old the replica's data is at most; no figure while that is not known.",
    registers: [register],
    collect() {
      const { behindSeconds } = replica.report();
      // Else it would begin as 0, which is what a replica has that is not behind at all.
      if (behindSeconds === null) lag.remove();
      else lag.set(behindSeconds);
    },
  });
  const reads = new Counter({
    name: "muster_replica_reads_total",
    help: "Reads that may come from the replica, by who answered: the replica, or the primary because of what is said.",
    labelNames: ["served"],
    registers: [register],
    collect() {
      reads.reset();
      for (const [served, count] of replica.reads) reads.inc({ served }, count);
    },
  });
}
