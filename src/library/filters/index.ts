export {
  type Biquad,
  type BiquadOptions,
  type BiquadType,
  designBiquad,
  frequencyResponse,
} from "./biquad.ts";
export { BiquadCascade, type BiquadCascadeOptions } from "./biquadCascade.ts";
export { type ButterworthOptions, designButterworth } from "./butterworth.ts";
export { InterpolatedPeaks, type InterpolatedPeaksOptions } from "./interpolatedPeaks.ts";
export { Oversampler, type OversamplerOptions } from "./oversampler.ts";
export { resample, Resampler, type ResamplerOptions } from "./resampler.ts";
