export {
  type Biquad,
  type BiquadOptions,
  type BiquadType,
  designBiquad,
  frequencyResponse,
} from "./biquad.ts";
export { BiquadCascade, type BiquadCascadeOptions } from "./biquadCascade.ts";
export { type ButterworthOptions, designButterworth } from "./butterworth.ts";
export {
  INTERPOLATION_LATENCY,
  InterpolatedPeaks,
  type InterpolatedPeaksOptions,
} from "./resampling/interpolatedPeaks.ts";
export { Oversampler, type OversamplerOptions } from "./resampling/oversampler.ts";
export { resample, Resampler, type ResamplerOptions } from "./resampling/resampler.ts";
