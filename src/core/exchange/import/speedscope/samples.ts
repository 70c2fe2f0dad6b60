import { indexAt, listAt, weightAt, type Fields } from "../fields.ts";
import { ProfileProblem } from "../problem.ts";
import { TOP, type Stacks } from "./stacks.ts";

/** Stacks with weights. @returns how many samples were at work */
export function addSamples(profile: Fields, path: string, perUnit: number, stacks: Stacks): number {
  const samples = listAt(profile["samples"], `${path}.samples`);
  const weights = listAt(profile["weights"], `${path}.weights`);
  if (weights.length !== samples.length)
    throw new ProfileProblem(`${path} has ${weights.length} weights for ${samples.length} samples`);
  let counted = 0;
  samples.forEach((sample, index) => {
    const stack = listAt(sample, `${path}.samples[${index}]`);
    const weight = weightAt(weights[index], `${path}.weights[${index}]`) * perUnit;
    // An empty stack is a thread that had nothing to do.
    if (stack.length === 0) return;
    let place = TOP;
    for (const frame of stack)
      place = stacks.below(place, indexAt(frame, stacks.listed.length, `${path}.samples[${index}]`));
    stacks.add(place, weight, 1);
    counted += 1;
  });
  return counted;
}
