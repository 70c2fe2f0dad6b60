/** An entry of `parameterDescriptors`, with every default filled in. */
export interface ParamDescriptor {
  readonly name: string;
  readonly defaultValue: number;
  readonly minValue: number;
  readonly maxValue: number;
  readonly automationRate: "a-rate" | "k-rate";
}

/** The largest single-precision number, the Web Audio API's limit where none is given. */
const MOST = 3.4028234663852886e38;

/** @throws TypeError for what `registerProcessor` refuses, too */
export function paramDescriptors(processor: string, given: unknown): ParamDescriptor[] {
  if (given === undefined) return [];
  if (typeof given !== "object" || given === null || !(Symbol.iterator in given))
    throw new TypeError(`The parameterDescriptors of "${processor}" are no array: return [{ name, … }]`);
  const descriptors = Array.from(given as Iterable<unknown>, (one) => descriptorOf(processor, one));
  const names = descriptors.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined)
    throw new TypeError(`The parameterDescriptors of "${processor}" hold "${twice}" twice`);
  return descriptors;
}

function descriptorOf(processor: string, given: unknown): ParamDescriptor {
  const entry = (typeof given === "object" ? given : null) as Partial<Record<string, unknown>> | null;
  const name = entry?.["name"];
  if (!entry || typeof name !== "string" || name === "")
    throw new TypeError(`An entry in the parameterDescriptors of "${processor}" has no name`);
  const numberOf = (key: string, otherwise: number): number => {
    const value = entry[key] === undefined ? otherwise : Number(entry[key]);
    if (Number.isFinite(value)) return value;
    throw new TypeError(`${key} of the parameter "${name}" of "${processor}" is no number`);
  };
  const defaultValue = numberOf("defaultValue", 0);
  const minValue = numberOf("minValue", -MOST);
  const maxValue = numberOf("maxValue", MOST);
  if (defaultValue < minValue || defaultValue > maxValue)
    throw new TypeError(
      `defaultValue ${defaultValue} of the parameter "${name}" of "${processor}" isn't between ${minValue} and ${maxValue}`,
    );
  const automationRate = entry["automationRate"] ?? "a-rate";
  if (automationRate !== "a-rate" && automationRate !== "k-rate")
    throw new TypeError(
      `automationRate of the parameter "${name}" of "${processor}" must be "a-rate" or "k-rate"`,
    );
  return { name, defaultValue, minValue, maxValue, automationRate };
}
