import type { AutomationPoint } from "../../../library/worklet.ts";
import { Automation } from "./automation.ts";
import type { ParamDescriptor } from "../scope/paramDescriptors.ts";

/** An AudioParam's values as `process` gets them. */
export interface AudioParam {
  readonly name: string;
  /** One value where it is constant in the quantum. @param frame the quantum's first, in the recording */
  valuesAt(frame: number): Float32Array;
}

export interface Quantum {
  readonly frames: number;
  readonly sampleRate: number;
}

/** @param makeArray of the processor's context */
export function audioParam(
  { name, defaultValue, minValue, maxValue, automationRate }: ParamDescriptor,
  given: number | readonly AutomationPoint[] | undefined,
  { frames, sampleRate }: Quantum,
  makeArray: (length: number) => Float32Array,
): AudioParam {
  const one = makeArray(1);
  const clamped = (value: number): number => Math.min(maxValue, Math.max(minValue, value));
  if (given === undefined || typeof given === "number" || given.length === 0) {
    one[0] = clamped(typeof given === "number" ? given : defaultValue);
    return { name, valuesAt: () => one };
  }
  const automation = new Automation(given);
  const many = makeArray(frames);
  return {
    name,
    valuesAt: (frame) => {
      const start = frame / sampleRate;
      if (automationRate === "k-rate" || automation.isConstant(start, (frame + frames) / sampleRate)) {
        one[0] = clamped(automation.at(start));
        return one;
      }
      for (let index = 0; index < frames; index++)
        many[index] = clamped(automation.at((frame + index) / sampleRate));
      return many;
    },
  };
}
