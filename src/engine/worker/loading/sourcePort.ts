import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import { withInsertions } from "../../modules/counting/insertions.ts";
import type { PreparedSource } from "../../modules/sourceService.ts";
import type { ModuleFormat } from "../../modules/sourceText.ts";

type PreparedText = PreparedSource & { readonly kind: "source" };

export interface SourcePort {
  /** Urls go out, prepared sources come back. */
  readonly sources: MessagePort;
  /** Raised by the engine when an answer is there. */
  readonly answered: Int32Array;
  /** V8 counts what is loaded. */
  readonly counts: boolean;
}

/** A file's text as this thread loads it: JavaScript, below the newlines that make its line numbers its own. */
export interface ReadySource {
  readonly format: ModuleFormat;
  readonly text: string;
  /** It is an AudioWorklet's file. */
  readonly registersProcessor: boolean;
}

/** Thrown into the import of a file whose text can't be handled; the engine makes a sentence of it. */
export class SourceProblem extends Error {
  override readonly name = "SourceProblem";
  readonly path: string;
  readonly line: number;

  constructor(path: string, line: number, problem: string) {
    super(problem);
    this.path = path;
    this.line = line;
  }
}

/** @throws SourceProblem for a text that is no JavaScript or TypeScript; Error for one that can't be read */
export function readSource(port: SourcePort, url: string): ReadySource {
  const prepared = ask(port, url);
  switch (prepared.kind) {
    case "syntax":
      throw new SourceProblem(prepared.path, prepared.line, prepared.problem);
    case "unreadable":
      throw new Error(prepared.problem);
    case "source":
      return {
        format: prepared.format,
        text: "\n".repeat(prepared.shift) + textFor(port, prepared),
        registersProcessor: prepared.registersProcessor,
      };
  }
}

const textFor = ({ counts }: SourcePort, { text, insertions }: PreparedText): string =>
  counts ? withInsertions(text, insertions) : text;

/** Who asks is synchronous and the engine isn't: this thread sleeps until the answer is there. */
function ask({ sources, answered }: SourcePort, url: string): PreparedSource {
  Atomics.store(answered, 0, 0);
  sources.postMessage(url);
  Atomics.wait(answered, 0, 0);
  const received = receiveMessageOnPort(sources) as { message: PreparedSource } | undefined;
  if (!received) throw new Error(`The engine gave no answer for ${url}.`);
  return received.message;
}
