import { oneOf } from "../checkArguments.ts";
import { type Biquad, checkFrequency, designBiquad } from "./biquad.ts";

export interface ButterworthOptions {
  readonly type: "lowpass" | "highpass";
  /** 1 to 24; each adds 6 dB per octave. */
  readonly order: number;
  /** Where the response is down by 3 dB, in Hz. */
  readonly frequencyHz: number;
  readonly sampleRate: number;
}

/**
 * A Butterworth filter as second-order sections, by the bilinear transform with the corner where it belongs. An odd order has a section of first
 * order in front.
 * @throws RangeError when the order or the frequency is out of range, or the type neither of these
 */
export function designButterworth(options: ButterworthOptions): Biquad[] {
  const { type, order, frequencyHz, sampleRate } = options;
  if (!Number.isInteger(order) || order < 1 || order > 24) {
    throw new RangeError(
      `A Butterworth filter of order ${order} can't be made: give a whole number from 1 to 24.`,
    );
  }
  oneOf("type of Butterworth filter", type, ["lowpass", "highpass"]);
  checkFrequency(frequencyHz, sampleRate);
  const isOdd = order % 2 === 1;
  const sections = isOdd ? [firstOrder(type, frequencyHz, sampleRate)] : [];
  for (let pair = 1; pair <= Math.floor(order / 2); pair += 1) {
    // How far this pair of poles is turned from the real axis.
    const angle = (Math.PI * (isOdd ? pair : pair - 0.5)) / order;
    sections.push(designBiquad({ type, frequencyHz, sampleRate, q: 1 / (2 * Math.cos(angle)) }));
  }
  return sections;
}

function firstOrder(type: "lowpass" | "highpass", frequencyHz: number, sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * frequencyHz) / sampleRate);
  const a1 = (k - 1) / (k + 1);
  return type === "lowpass"
    ? { b0: k / (k + 1), b1: k / (k + 1), b2: 0, a1, a2: 0 }
    : { b0: 1 / (k + 1), b1: -1 / (k + 1), b2: 0, a1, a2: 0 };
}
