/** What measuring and most code rest on. */
const WATCHED: Readonly<Record<string, object>> = {
  performance,
  Date,
  Math,
  JSON,
  Object,
  Reflect,
  Atomics,
  process,
  "process.hrtime": process.hrtime,
  "Object.prototype": Object.prototype,
  "Function.prototype": Function.prototype,
  "Array.prototype": Array.prototype as object,
  "Float32Array.prototype": Float32Array.prototype,
  "Promise.prototype": Promise.prototype,
  "Map.prototype": Map.prototype,
  "String.prototype": String.prototype,
};

/** Functions of the runtime's own that were replaced, and names that were added to what everything inherits. */
export class GlobalsWatch {
  readonly #before = new Map(Object.entries(WATCHED).map(([name, holder]) => [name, valuesOf(holder)]));

  changed(): string[] {
    return Object.entries(WATCHED).flatMap(([name, holder]) => {
      const before = this.#before.get(name);
      return [...valuesOf(holder)].flatMap(([key, value]) =>
        before?.get(key) === value ? [] : [`${name}.${key}`],
      );
    });
  }
}

/** Own functions by their names; a getter isn't called. */
function valuesOf(holder: object): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(holder)))
    if (typeof value === "function") found.set(key, value);
  return found;
}
