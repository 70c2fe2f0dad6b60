import { finallyDo } from "../promises.ts";
import { Measuring, type MeasureOptions } from "./measureScope.ts";
import { tallyOf } from "./tally.ts";

/**
 * The same function, with every call measured until it returns or throws, or until the promise that it returned has
 * settled: `const gain = measured(function gain(block: Block) { … })`. Its `this`, name and types stay as they are.
 *
 * Of a generator only the call is measured, not what it yields. A call within a call of the same name counts twice in
 * the total, and promises that wait together each count in full. Read with `measurements` or `formatMeasurements`.
 *
 * @param name what its measurements are listed under: the function's name where it isn't given
 * @throws TypeError where there is neither
 */
export function measured<Work extends (...args: never[]) => unknown>(
  work: Work,
  name: string = work.name,
  { memory = false }: MeasureOptions = {},
): Work {
  if (name === "") throw new TypeError("The function given to measured has no name: give one after it.");
  const tally = tallyOf(name);
  const wrapper = function (this: unknown, ...args: never[]): unknown {
    const measuring = new Measuring(tally, memory);
    return finallyDo(
      () => work.apply(this, args),
      () => measuring.end(),
    );
  };
  for (const kept of ["name", "length"] as const) {
    Object.defineProperty(wrapper, kept, { value: work[kept], configurable: true });
  }
  return wrapper as Work;
}
