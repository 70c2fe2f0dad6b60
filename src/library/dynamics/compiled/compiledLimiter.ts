import {
  INTERPOLATION_LATENCY,
  INTERPOLATION_TAPS,
  interpolationGain,
  interpolationTable,
} from "../../filters/resampling/interpolatedPeaks.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { DelayedChannels, type Incoming } from "./delayedChannels.ts";
import { limiterWindows } from "../limiterGain.ts";
import type { ChannelProcessor } from "../../filters/channelProcessor.ts";
import type { LimiterDesign } from "../designs.ts";

/** Released gain, sum, newest maximum; and, in place of a fourth double, two places in rings. */
const GAIN_STATE = 4;

interface LimiterArrays {
  readonly state: Float64Array;
  readonly recent: Float64Array;
  readonly segment: Float32Array;
  readonly table: Float32Array;
}

/** As the plain one, block by block in the kernels' memory. */
export class CompiledLimiter implements ChannelProcessor {
  readonly #kernels: Kernels;
  readonly #design: LimiterDesign;
  /** Samples below it have nothing between them that would have to be limited. */
  readonly #quiet: number;
  readonly #state = new Float64Array(GAIN_STATE);
  readonly #recent: Float64Array;
  readonly #segment: Float32Array;
  readonly #channels: DelayedChannels<LimiterArrays>;

  constructor(kernels: Kernels, design: LimiterDesign) {
    const { channels, latencyFrames, holdFrames, truePeak } = design;
    const detection = truePeak ? INTERPOLATION_LATENCY : 0;
    const { window, smoothing } = limiterWindows(latencyFrames - detection, holdFrames);
    this.#kernels = kernels;
    this.#design = design;
    this.#quiet = design.ceiling / interpolationGain();
    this.#recent = new Float64Array(smoothing).fill(1);
    this.#state.set([1, smoothing]);
    this.#segment = new Float32Array(window);
    this.#channels = new DelayedChannels(kernels, channels, latencyFrames, (layout) => ({
      state: layout.doubles(GAIN_STATE),
      recent: layout.doubles(smoothing),
      segment: layout.floats(window),
      table: layout.floats(interpolationTable().length),
    }));
  }

  process(input: readonly Float32Array[], output: readonly Float32Array[]): void {
    this.#channels.process(input, output, this.#design.ceiling, (incoming) => {
      this.#takePeaks(incoming);
      const { gains, others } = incoming;
      const { state, recent, segment } = others;
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

  #takePeaks({ gains: peaks, address, stride, others: { table } }: Incoming<LimiterArrays>): void {
    const { run } = this.#kernels;
    const { channels, truePeak } = this.#design;
    if (!truePeak) {
      run.linkPeaks(address, stride, peaks.length, channels, peaks.byteOffset);
      return;
    }
    peaks.fill(0);
    table.set(interpolationTable());
    for (let channel = 0; channel < channels; channel += 1) {
      run.interpolatedPeaks(
        address + channel * stride,
        peaks.length,
        table.byteOffset,
        INTERPOLATION_TAPS,
        peaks.byteOffset,
        this.#quiet,
      );
    }
  }
}
