import { Session, type Runtime } from "node:inspector";

const HANDLE = Symbol.for("waveflame factory");

/** Where V8 says that a function begins, from 1, in the numbering of the padded text; 0 where it doesn't say. */
export function factoryLine(factory: unknown): number {
  const session = new Session();
  session.connect();
  const globals = globalThis as unknown as Record<symbol, unknown>;
  globals[HANDLE] = factory;
  let line = 0;
  session.post(
    "Runtime.evaluate",
    { expression: 'globalThis[Symbol.for("waveflame factory")]' },
    (failed, evaluated) => {
      if (failed || !evaluated.result.objectId) return;
      session.post(
        "Runtime.getProperties",
        { objectId: evaluated.result.objectId },
        (refused, properties) => {
          if (!refused) line = lineIn(properties);
        },
      );
    },
  );
  session.disconnect();
  Reflect.deleteProperty(globals, HANDLE);
  return line;
}

function lineIn(properties: Runtime.GetPropertiesReturnType): number {
  const location = properties.internalProperties?.find(({ name }) => name === "[[FunctionLocation]]");
  const value = location?.value?.value as { lineNumber?: number } | undefined;
  return value?.lineNumber === undefined ? 0 : value.lineNumber + 1;
}
