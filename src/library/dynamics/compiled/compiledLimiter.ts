import {
  INTERPOLATION_LATENCY,
  INTERPOLATION_TAPS,
  interpolationTable,
} from "../../filters/resampling/interpolatedPeaks.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { DelayedChannels } from "./delayedChannels.ts";
import { limiterWindows } from "../limiterGain.ts";
import type { LimiterDesign, LimiterRunner } from "../limiter.ts";

/** Released gain, sum, newest maximum; and, in place of a fourth double, two places in rings. */
const GAIN_STATE = 4;

/** As the plain one, block by block in the kernels' memory. */
export class CompiledLimiter implements LimiterRunner {
  readonly #kernels: Kernels;
  readonly #design: LimiterDesign;
  readonly #state = new Float64Array(GAIN_STATE);
  readonly #recent: Float64Array;
  readonly #segment: Float32Array;
  readonly #channels: DelayedChannels;

  constructor(kernels: Kernels, design: LimiterDesign) {
    const { channels, latencyFrames, holdFrames, truePeak } = design;
    const detection = truePeak ? INTERPOLATION_LATENCY : 0;
    const { window, smoothing } = limiterWindows(latencyFrames - detection, holdFrames);
    this.#kernels = kernels;
    this.#design = design;
    this.#recent = new Float64Array(smoothing).fill(1);
    this.#state.set([1, smoothing]);
    this.#segment = new Float32Array(window);
    this.#channels = new DelayedChannels(kernels, channels, latencyFrames, {
      doubles: [GAIN_STATE, smoothing],
      floats: [window, interpolationTable().length],
    });
  }

  process(input: readonly Float32Array[], output: readonly Float32Array[]): void {
    this.#channels.process(input, output, this.#design.ceiling, (gains, first, stride, arrays) => {
      const [state, recent] = arrays.doubles;
      const [segment, table] = arrays.floats;
      if (!state || !recent || !segment || !table) return;
      table.set(interpolationTable());
      this.#takePeaks(gains, first, stride, table);

      state.set(this.#state);
      recent.set(this.#recent);
      segment.set(this.#segment);
      this.#kernels.run.limiterGains(
        gains.byteOffset,
        gains.length,
        segment.byteOffset,
        segment.length,
        recent.byteOffset,
        recent.length,
        this.#design.ceiling,
        this.#design.release,
        state.byteOffset,
      );
      this.#state.set(state);
      this.#recent.set(recent);
      this.#segment.set(segment);
    });
  }

  #takePeaks(peaks: Float32Array, first: number, stride: number, table: Float32Array): void {
    const { run } = this.#kernels;
    const { channels, truePeak } = this.#design;
    if (!truePeak) {
      run.linkPeaks(first, stride, peaks.length, channels, peaks.byteOffset);
      return;
    }
    peaks.fill(0);
    for (let channel = 0; channel < channels; channel += 1) {
      run.interpolatedPeaks(
        first + channel * stride,
        peaks.length,
        table.byteOffset,
        INTERPOLATION_TAPS,
        peaks.byteOffset,
      );
    }
  }
}
