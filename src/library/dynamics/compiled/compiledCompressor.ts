import { keepClean } from "../../filters/filterState.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { ENVELOPE_STATE, follow } from "./compiledEnvelopes.ts";
import type { ChannelProcessor } from "../../filters/channelProcessor.ts";
import { DelayedChannels } from "./delayedChannels.ts";
import type { Ballistics } from "../designs.ts";
import type { GainComputer } from "../gainComputer.ts";

/** As the plain one, block by block in the kernels' memory. */
export class CompiledCompressor implements ChannelProcessor {
  readonly #kernels: Kernels;
  readonly #ballistics: Ballistics;
  readonly #curve: GainComputer;
  readonly #state = new Float64Array(ENVELOPE_STATE);
  readonly #channels: DelayedChannels<Float64Array>;

  constructor(
    kernels: Kernels,
    channels: number,
    latencyFrames: number,
    ballistics: Ballistics,
    curve: GainComputer,
  ) {
    this.#kernels = kernels;
    this.#ballistics = ballistics;
    this.#curve = curve;
    this.#channels = new DelayedChannels(kernels, channels, latencyFrames, (layout) =>
      layout.doubles(ENVELOPE_STATE),
    );
  }

  process(input: readonly Float32Array[], output: readonly Float32Array[]): void {
    this.#channels.process(input, output, Infinity, ({ gains, address, stride, others: state }) => {
      this.#kernels.run.linkPeaks(address, stride, gains.length, input.length, gains.byteOffset);
      state.set(this.#state);
      follow(this.#kernels, this.#ballistics, gains, gains, state);
      keepClean(state, this.#state);
      this.#curve.processLaid(this.#kernels, gains);
    });
  }
}
