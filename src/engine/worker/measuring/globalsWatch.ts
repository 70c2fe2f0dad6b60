/** What measuring and most code rest on. */
const WATCHED: Readonly<Record<string, object>> = {
  performance,
  Date,
  Math,
  JSON,
  Object,
  Array,
  Number,
  Reflect,
  Atomics,
  process,
  "process.hrtime": process.hrtime,
  "Object.prototype": Object.prototype,
  "Function.prototype": Function.prototype,
  "Array.prototype": Array.prototype as object,
  "Float32Array.prototype": Float32Array.prototype,
  "TypedArray.prototype": Object.getPrototypeOf(Float32Array.prototype) as object,
  "Promise.prototype": Promise.prototype,
  "Map.prototype": Map.prototype,
  "Set.prototype": Set.prototype,
  "String.prototype": String.prototype,
};

/** Functions of the runtime's own that were replaced, and names that were added to what everything inherits. */
export class GlobalsWatch {
  readonly #before = new Map(Object.entries(WATCHED).map(([name, holder]) => [name, valuesOf(holder)]));

  changed(): string[] {
    return Object.entries(WATCHED).flatMap(([name, holder]) => {
      const before = this.#before.get(name);
      return [...valuesOf(holder)].flatMap(([key, value]) =>
        before?.get(key) === value
          ? []
          : [typeof key === "symbol" ? `${name}[${key.description ?? ""}]` : `${name}.${key}`],
      );
    });
  }
}

/** Own functions by their names; a getter isn't called. */
function valuesOf(holder: object): Map<string | symbol, unknown> {
  const found = new Map<string | symbol, unknown>();
  for (const key of Reflect.ownKeys(holder)) {
    const value: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
    if (typeof value === "function") found.set(key, value);
  }
  return found;
}
