import { dropCompiledLoops, type Parameters, type StageFactory } from "waveflame";
import { booleanOf } from "./parameters.ts";

/** The settings `waveflame.pipeline.*`: each switches a fast way, `optimize` all of them. */
export const FAST_WAYS = {
  optimize: true,
  enableVectorization: true,
  useCompiledLoops: true,
  useParallelSpectrum: true,
  /** In seconds. */
  spectrumParallelThresholdSeconds: 10,
  /** In samples. */
  parallelChunkSize: 4096,
  cacheCompiled: true,
};

type FastWay = {
  [K in keyof typeof FAST_WAYS]: (typeof FAST_WAYS)[K] extends boolean ? K : never;
}[keyof typeof FAST_WAYS];

/** Whether a fast way is to be taken. */
export const takes = (way: FastWay, parameters: Parameters): boolean =>
  booleanOf(parameters, "optimize") && booleanOf(parameters, way);

/** The optimised implementation where its fast way is to be taken, else the plain one. */
export const byWay =
  (way: FastWay, optimised: StageFactory, plain: StageFactory): StageFactory =>
  (context) => {
    if (!booleanOf(context.parameters, "cacheCompiled")) dropCompiledLoops();
    return (takes(way, context.parameters) ? optimised : plain)(context);
  };
