/** Plays the night on a line and tells, on another connection, what it sees while it is played. */
import type { Actor } from "../../base/actor.ts";
import type { ClientId, ImportId } from "../../base/ids.ts";
import type { StepContext, StepOutcome } from "../../base/step.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { changesAfter, owedBy, readChanges, seededByMission } from "../changes/service.ts";
import type { ChangeKind } from "../changes/schema.ts";
import type { RunMark } from "../changes/sql.ts";
import type { StepName } from "../schema.ts";
import { findActiveRun } from "../sql.ts";
import type { PrepareDeps, SyncStep } from "../step-types.ts";
import { endingOf, StepFailed } from "./failure.ts";
import { bringFile, type FileChoice, readyFile, type ReadyFile } from "./file.ts";
import { Line, LineCut } from "./line.ts";
import {
  BEAT_MS,
  ended,
  type Ending,
  finished,
  LIMIT_MS,
  NAMED_SEEDED,
  noNames,
  playedStep,
  rehearsalTotals,
  waitingSteps,
  WATCH_MS,
  withStep,
} from "./rules.ts";
import { insertChanges } from "./names-sql.ts";
import { beat, type Told, updateTold } from "./sql.ts";
import { startBeat, startWatch } from "./watch.ts";

export interface RehearsalDeps extends PrepareDeps {
  steps: readonly SyncStep[];
  /** the whole may take so long, 10 minutes unless said otherwise */
  limitMs?: number | undefined;
  watchMs?: number | undefined;
  beatMs?: number | undefined;
}

export interface Play {
  db: RootDb;
  deps: RehearsalDeps;
  client: ClientId;
  /** the rehearsal's own id */
  id: string;
  actor: Actor;
  context: StepContext;
  choice: FileChoice;
}

/** Plays all steps and answers how it came to its end. Never throws: what goes wrong is an ending too. */
export class Player {
  readonly #play: Play;
  readonly #mark: RunMark;
  #told: Told;
  #line: Line | null = null;
  #why: Ending | null = null;

  constructor(play: Play) {
    this.#play = play;
    this.#mark = { client: play.client, runId: play.context.runId, now: play.context.now };
    const steps = waitingSteps();
    this.#told = { steps, totals: rehearsalTotals(steps), seeded: [], named: noNames(), fileName: null };
  }

  async play(): Promise<Ending> {
    const { db, deps, client, id } = this.#play;
    const beating = startBeat({
      beatMs: deps.beatMs ?? BEAT_MS,
      log: deps.log,
      beat: () => inClient(db, client, (tx) => beat(tx, client, id)),
      onEnded: () => this.cut(ended("stopped")),
    });
    try {
      const file = await this.#ready();
      return await this.#onLine(file);
    } catch (error) {
      return endingOf(error, deps.log, { client, rehearsal: id });
    } finally {
      await beating.stop();
    }
  }

  /** Ends the rehearsal from outside, wherever it is. */
  async cut(why: Ending): Promise<void> {
    this.#why ??= why;
    await this.#line?.cut(why);
  }

  /** A rehearsal holds nothing yet while its file is made ready; what is written then it will simply see. */
  #ready(): Promise<ReadyFile> {
    const { db, deps, context, choice } = this.#play;
    return this.#inStep("import", async () => {
      const file = await readyFile(db, context, choice, deps);
      if (file.kind !== "none") this.#told = { ...this.#told, fileName: file.name };
      return file;
    });
  }

  async #onLine(file: ReadyFile): Promise<Ending> {
    const { db, deps, client } = this.#play;
    const limitMs = deps.limitMs ?? LIMIT_MS;
    const line = await Line.open(db, client, { limitMs, log: deps.log });
    this.#line = line;
    const watch = startWatch(line, {
      limitMs,
      watchMs: deps.watchMs ?? WATCH_MS,
      log: deps.log,
    });
    try {
      if (this.#why !== null) return this.#why;
      const run = await line.hold(findActiveRun(line.tx, client));
      if (run !== null) return ended("sync");
      await this.#steps(line, file);
      return finished;
    } finally {
      await watch.stop();
      await line.close();
    }
  }

  async #steps(line: Line, file: ReadyFile): Promise<void> {
    const { deps, context } = this.#play;
    let importId: ImportId | null = null;
    for (const step of deps.steps) {
      const outcome = await this.#inStep(step.name, () =>
        line.hold(
          (async () => {
            if (step.name === "import") importId = await bringFile(line, context, file, deps);
            return step.run(line.tx, context, importId);
          })(),
        ),
      );
      await line.hold(this.#look(line, step.name, outcome));
    }
  }

  /** What the step says of itself, and by name what it changed: it leaves before the transaction is taken back. */
  async #look(line: Line, name: StepName, outcome: StepOutcome): Promise<void> {
    const steps = withStep(this.#told.steps, name, playedStep(outcome, this.#play.deps.now()));
    const owed = name === "redemptions" ? await owedBy(line.tx, this.#mark) : undefined;
    const seeded = name === "seed" ? await seededByMission(line.tx, this.#mark) : this.#told.seeded;
    const named = { ...this.#told.named };
    for (const kind of changesAfter[name] ?? []) named[kind] = await this.#copyNames(line, kind);
    await this.#tell({ steps, totals: rehearsalTotals(steps, owed), seeded, named });
  }

  /** Answers how many names were copied. */
  async #copyNames(line: Line, kind: ChangeKind): Promise<number> {
    const { db, client, id } = this.#play;
    let count = 0;
    const atMost = kind === "seeded" ? NAMED_SEEDED : null;
    for await (const changes of readChanges(line.tx, kind, this.#mark, atMost)) {
      const from = count + 1;
      await inClient(db, client, (tx) => insertChanges(tx, client, { id, kind, from }, changes));
      count += changes.length;
    }
    return count;
  }

  async #inStep<T>(name: StepName, work: () => Promise<T>): Promise<T> {
    const { deps } = this.#play;
    const startedAt = this.#told.steps.find((step) => step.name === name)?.startedAt ?? deps.now();
    await this.#tell({ steps: withStep(this.#told.steps, name, { status: "running", startedAt }) });
    try {
      return await work();
    } catch (error) {
      throw error instanceof LineCut ? error : new StepFailed(name, error);
    }
  }

  async #tell(news: Partial<Told>): Promise<void> {
    const { db, client, id } = this.#play;
    this.#told = { ...this.#told, ...news };
    const isOn = await inClient(db, client, (tx) => updateTold(tx, client, id, this.#told));
    // Ended by somebody, who has said why already.
    if (!isOn) throw new LineCut(ended("stopped"));
  }
}
