import { asksForProcess } from "../modules/asksForProcess.ts";
import type { SourceService } from "../modules/sourceService.ts";
import type { Lane } from "../pool/lane.ts";
import type { LanePool } from "../pool/lanePool.ts";
import type { LoadedPipeline } from "../worker/lane/laneProtocol.ts";
import { refusalIn } from "./failures.ts";

export interface FirstLoad {
  readonly pipeline: LoadedPipeline;
  /** Why it runs in a process though its author didn't ask for one; null where it doesn't. */
  readonly movedBecause: string | null;
}

/** Where the lanes of a pipeline's file shall live, as its text says. */
export async function isolationOf(service: SourceService, url: string): Promise<"thread" | "process"> {
  const prepared = await service.prepare(url);
  return prepared.kind === "source" && asksForProcess(prepared.text) ? "process" : "thread";
}

/** Loads the pipeline in a first lane; in a process where it says so in other words, or where it fails in a thread. */
export async function loadPipeline(
  pool: LanePool,
  isolation: "thread" | "process",
  open: () => Promise<Lane>,
): Promise<FirstLoad> {
  const load = async (): Promise<LoadedPipeline> => (await open()).channel.call("load", null);
  if (isolation === "process") return { pipeline: await load(), movedBecause: null };
  try {
    const pipeline = await load();
    if (pipeline.isolation === "thread") return { pipeline, movedBecause: null };
    await pool.moveToProcesses();
    return { pipeline: await load(), movedBecause: null };
  } catch (error) {
    const reason = threadRefusal(error);
    if (reason === null) throw error;
    await pool.moveToProcesses();
    return { pipeline: await load(), movedBecause: reason };
  }
}

/** What native add-ons and Node itself say where they can't work in a thread. */
const CODES = ["ERR_DLOPEN_FAILED", "ERR_WORKER_UNSUPPORTED_OPERATION"];
const WORDS = /did not self-register|context-aware|worker thread/i;

function threadRefusal(error: unknown): string | null {
  const refusal = refusalIn(error);
  if (refusal?.kind !== "load" || !(error instanceof Error)) return null;
  const isKnown = (refusal.code !== null && CODES.includes(refusal.code)) || WORDS.test(error.message);
  return isKnown ? error.message.replace(/[.\s]+$/, "") : null;
}
