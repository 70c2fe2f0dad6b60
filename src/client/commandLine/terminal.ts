import type { Writable } from "node:stream";
import { painter, type Paint } from "../../core/report/terminalText.ts";

/** A stream that a person may be looking at. */
export interface Output {
  write(this: void, text: string): void;
  writeBytes(this: void, bytes: Uint8Array): void;
  readonly colour: boolean;
  /** How wide; 120 where it isn't a terminal. */
  readonly columns: number;
  readonly isTerminal: boolean;
  readonly paint: Paint;
}

export interface Terminal {
  readonly out: Output;
  readonly error: Output;
}

const COLUMNS_OF_A_FILE = 120;

type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };
type Environment = Readonly<Record<string, string | undefined>>;

export function terminalOf(out: Stream, error: Stream, env: Environment): Terminal {
  return { out: outputTo(out, env), error: outputTo(error, env) };
}

function outputTo(stream: Stream, env: Environment): Output {
  // Who reads may close its end early, as head does; there is nobody left to tell.
  stream.on("error", () => undefined);
  const isTerminal = stream.isTTY === true;
  const colour = wantsColour(isTerminal, env);
  return {
    write: (text) => {
      stream.write(text);
    },
    writeBytes: (bytes) => {
      stream.write(bytes);
    },
    colour,
    columns: columnsOf(stream),
    isTerminal,
    paint: painter(colour),
  };
}

/** A terminal that doesn't know its width says 0. */
function columnsOf({ isTTY, columns }: Stream): number {
  return isTTY === true && columns !== undefined && columns > 0 ? columns : COLUMNS_OF_A_FILE;
}

/** FORCE_COLOR goes before NO_COLOR, as in Node itself. */
function wantsColour(isTerminal: boolean, env: Environment): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  return isTerminal && env["TERM"] !== "dumb";
}
