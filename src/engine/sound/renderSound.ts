import { PassRecord } from "../figures/pass/passRecord.ts";
import { gridOf } from "../plan/grid.ts";
import { oneGroup } from "../plan/groups.ts";
import { cancelledFailure } from "../run/outcome.ts";
import { runStreamPass } from "../run/passes/passSteps.ts";
import type { ProgressStep } from "../../protocol/engine.ts";
import type { LoadedLane, Opened, Session } from "../run/session.ts";
import type { LoadedPipeline, SegmentAudio } from "../worker/lane/laneProtocol.ts";

export interface RenderSetting {
  readonly session: Session;
  readonly opened: Opened;
  readonly mostSeconds: number;
}

/** The sound as it leaves the pipeline. */
export interface RenderedFacts {
  /** In Hz. */
  readonly sampleRate: number;
  /** How many frames later it comes out. */
  readonly latencyFrames: number;
}

type OnAudio = (audio: SegmentAudio, facts: RenderedFacts) => Promise<void>;

/**
 * Takes the recording through a variant on a lane of its own, which is gone afterwards.
 *
 * @param step which variant, in blocks of which size
 * @param onAudio is given what comes out, in order
 * @throws what the lane refuses; Failure where it was cancelled
 */
export async function renderSound(
  setting: RenderSetting,
  step: ProgressStep,
  onAudio: OnAudio,
): Promise<RenderedFacts> {
  const { session, opened } = setting;
  const { variant, blockFrames } = step;
  const { request } = session;
  const parameters = {
    ...request.pipelineSettings,
    ...request.parameters,
    ...(variant === null ? {} : { variant }),
  };
  const lanesBefore = opened.pool.lanes.length;
  try {
    const loaded = await opened.openLane(false, { parameters, blockFrames, watchesIo: false });
    return await renderOn(loaded, setting, step, onAudio);
  } finally {
    // Also one in which the pipeline couldn't be loaded.
    for (const lane of opened.pool.lanes.slice(lanesBefore)) await opened.pool.close(lane);
  }
}

async function renderOn(
  { lane, pipeline }: LoadedLane,
  { session, opened: { source, watch }, mostSeconds }: RenderSetting,
  step: ProgressStep,
  onAudio: OnAudio,
): Promise<RenderedFacts> {
  const frames = Math.min(source.frames, Math.ceil(mostSeconds * source.sampleRate));
  const segments = gridOf(frames, source.sampleRate, pipeline.blockFrames, session.request.segmentSeconds);
  watch.enter("listening", segments.length, {}, step);
  const facts = factsOf(pipeline, source.sampleRate);
  await runStreamPass(
    {
      source,
      pipeline,
      segments,
      readAhead: session.readAhead,
      decoding: { ms: 0 },
      isCancelled: () => session.isCancelled,
    },
    new PassRecord(pipeline),
    {
      mode: "alone",
      lanes: [lane],
      readsBeside: true,
      groups: oneGroup(pipeline.stages),
      rendered: { keep: (_, audio) => onAudio(audio, facts) },
    },
  );
  // What is left out then isn't the variant's fault.
  if (session.isCancelled) throw cancelledFailure();
  return facts;
}

function factsOf({ stages }: LoadedPipeline, sampleRate: number): RenderedFacts {
  const { factsAfter } = stages.at(-1) ?? {};
  return factsAfter ?? { sampleRate, latencyFrames: 0 };
}
