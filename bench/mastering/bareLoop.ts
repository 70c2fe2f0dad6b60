// A process that hands a pipeline's stages their blocks and does nothing else: one clock around all of it, no spans.
import { pathToFileURL } from "node:url";
import { definedStages, type DefinedStage } from "../../src/engine/worker/stages/definedStages.ts";
import { readBlocks } from "../../src/library/audio/index.ts";
import type { Block, BlockFunction, Pipeline, StageContext } from "../../src/library/pipeline.ts";
import type { BareWork } from "./bareProcess.ts";

interface BareStage {
  readonly process: BlockFunction;
  finish?(): ReturnType<BlockFunction>;
}

process.once("message", (work: BareWork) => {
  void bareMs(work).then((ms) => process.send?.(ms));
});

async function bareMs({ audio, pipeline, parameters }: BareWork): Promise<number> {
  const { default: defined } = (await import(pathToFileURL(pipeline).href)) as { default: Pipeline };
  const { blockFrames = 0 } = defined;
  const blocks: Block[] = [];
  for await (const block of readBlocks(audio, { blockFrames })) blocks.push(block);
  const frames = blocks.reduce((sum, block) => sum + block.frames, 0);
  const { sampleRate, channelCount } = recordingFacts(blocks);
  const durationSeconds = frames / sampleRate;
  const stages = await definedStages(defined, {
    file: audio,
    source: { sampleRate, channelCount, blockFrames },
    durationSeconds,
    segmentSeconds: durationSeconds,
    parameters,
  });

  const began = performance.now();
  const made = stages.map((stage) => bareStage(stage, audio));
  for (const block of blocks) await through(made, block);
  for (const [index, stage] of made.entries()) {
    const tail = await stage.finish?.();
    if (tail && tail.frames > 0) await through(made.slice(index + 1), tail);
  }
  return performance.now() - began;
}

function recordingFacts([first, second]: readonly Block[]): { sampleRate: number; channelCount: number } {
  if (!first || !second) throw new Error("The recording is too short: give two blocks or more.");
  return { sampleRate: Math.round(second.startFrame / second.time), channelCount: first.channels.length };
}

async function through(stages: readonly BareStage[], given: Block): Promise<void> {
  let block = given;
  for (const stage of stages) {
    if (block.frames === 0) return;
    const answer = stage.process(block);
    block = (answer instanceof Promise ? await answer : answer) ?? block;
  }
}

function bareStage(stage: DefinedStage, file: string): BareStage {
  const refuse = (): never => {
    throw new Error(`Stage "${stage.name}" reads or writes files: no stage of a speed table does.`);
  };
  const context: StageContext = {
    ...stage.facts,
    file,
    durationSeconds: stage.durationSeconds,
    parameters: stage.parameters,
    emit: () => undefined,
    results: () => [],
    outputFile: refuse,
    audio: refuse,
  };
  const made = stage.create(context);
  return typeof made === "function" ? { process: made } : made;
}
