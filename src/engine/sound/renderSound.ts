import { PassRecord } from "../figures/passRecord.ts";
import { gridOf } from "../plan/grid.ts";
import { oneGroup } from "../plan/groups.ts";
import { runStreamPass } from "../run/passes.ts";
import type { Opened, Session } from "../run/session.ts";
import type { LoadedPipeline, SegmentAudio } from "../worker/laneProtocol.ts";

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

/**
 * Takes the recording through a variant on a lane of its own.
 *
 * @param variant null: as written @param blockFrames null: as the pipeline says
 * @param onAudio is given what comes out, in order
 */
export async function renderSound(
  { session, opened, mostSeconds }: RenderSetting,
  variant: string | null,
  blockFrames: number | null,
  onAudio: (audio: SegmentAudio, facts: RenderedFacts) => Promise<void>,
): Promise<RenderedFacts> {
  const { source } = opened;
  const { request } = session;
  const parameters = {
    ...request.pipelineSettings,
    ...request.parameters,
    ...(variant === null ? {} : { variant }),
  };
  const { lane, pipeline } = await opened.openLane(false, { parameters, blockFrames });
  const frames = Math.min(source.frames, Math.ceil(mostSeconds * source.sampleRate));
  const segments = gridOf(frames, source.sampleRate, pipeline.blockFrames, request.segmentSeconds);
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
    new PassRecord(pipeline.stages.length),
    {
      mode: "alone",
      lanes: [lane],
      groups: oneGroup(pipeline.stages),
      rendered: { keep: (_, audio) => onAudio(audio, facts) },
    },
  );
  return facts;
}

function factsOf({ stages }: LoadedPipeline, sampleRate: number): RenderedFacts {
  const { factsAfter } = stages.at(-1) ?? {};
  return factsAfter ?? { sampleRate, latencyFrames: 0 };
}
