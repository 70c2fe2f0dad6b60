import { runInThisContext } from "node:vm";
import type { Block, BlockFunction } from "../../../library/pipeline.ts";

/** Of a body that isn't ready when it is made; no name that an author could have given to something else. */
export const READY = Symbol("waveflame ready");

/** What a factory gave, with `finish` where it has one. */
export interface StageBody {
  readonly process: BlockFunction;
  readonly finish?: () => ReturnType<BlockFunction>;
  /** Awaited before the first block, outside of all spans. */
  readonly [READY]?: () => Promise<void>;
}

export type StageCall = (block: Block) => ReturnType<BlockFunction>;

/** The name of a stage's frame in V8's call trees: found by prefix, told apart by index. */
export const FRAME_PREFIX = "waveflame stage ";

/**
 * A function of its own for each stage, by text, so that V8 compiles each apart: together with `callStage` this keeps
 * a frame per stage in every profile, whatever V8 inlines below it. A shared helper's ticks then fall to the stage that
 * called it.
 */
export function stageFrame(index: number, body: StageBody): StageCall {
  const name = JSON.stringify(`${FRAME_PREFIX}${index}`);
  // Written out, not computed: V8 shows no computed names.
  const text = `(body) => ({ ${name}(block) { return body.process(block); } })[${name}]`;
  const make = runInThisContext(text, { filename: "waveflame stages" }) as (body: StageBody) => StageCall;
  return make(body);
}

/** The one place from which stages are called; see `keepFrames`. */
export function callStage(stage: StageCall, block: Block): ReturnType<BlockFunction> {
  return stage(block);
}

/** Shows the call site in `callStage` more targets than V8 inlines, once per thread, so that it never inlines any. */
export function keepFrames(): void {
  const block: Block = { channels: [], frames: 0, startFrame: 0, time: 0 };
  for (let target = 0; target < 8; target++) {
    const frame = stageFrame(-1 - target, { process: () => undefined });
    for (let call = 0; call < 50; call++) void callStage(frame, block);
  }
}
