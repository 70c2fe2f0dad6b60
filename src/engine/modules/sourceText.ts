import { parse, type Options, type Program } from "acorn";
import { transform, type Transform } from "sucrase";
import type { Base1Line } from "../../core/units.ts";
import { messageOf } from "../failure.ts";

/** How a runtime loads the text. */
export type ModuleFormat = "module" | "commonjs";

export interface PlainSource {
  /** JavaScript; every line stands where the author wrote it. */
  readonly text: string;
  readonly format: ModuleFormat;
  readonly program: Program;
}

/** A text that is no JavaScript or TypeScript: the message names the place. */
export class SyntaxFailure extends Error {
  override readonly name = "SyntaxFailure";
  readonly line: Base1Line;

  constructor(problem: string, line: Base1Line) {
    super(problem);
    this.line = line;
  }
}

const TYPED = /\.[mc]?tsx?$/;
const JSX = /\.[jt]sx$/;

/**
 * Takes the types off without moving a line, and tells ES modules from CommonJS.
 * Sucrase, because the runtime's own stripper leaves imports of types, which then fail (profiling facts, Lines).
 *
 * @param packageType `type` of the nearest package.json
 * @throws SyntaxFailure with the line
 */
export function plainSource(path: string, source: string, packageType: string | undefined): PlainSource {
  const text = withoutTypes(path, source.replace(/^#!/, "//"));
  const format = declaredFormat(path, packageType);
  if (format) return { text, format, program: parsed(text, format) };
  // No package says what it is: as Node does, import and export decide.
  try {
    const program = parsed(text, "module");
    const isModule =
      program.body.some((node) => /^(Import|Export)/.test(node.type)) || /\bimport\.meta\b/.test(text);
    return { text, program, format: isModule ? "module" : "commonjs" };
  } catch (error) {
    try {
      return { text, program: parsed(text, "commonjs"), format: "commonjs" };
    } catch {
      throw error;
    }
  }
}

function declaredFormat(path: string, packageType: string | undefined): ModuleFormat | undefined {
  if (/\.m[jt]s$/.test(path)) return "module";
  if (/\.c[jt]s$/.test(path)) return "commonjs";
  return packageType === "module" ? "module" : undefined;
}

function withoutTypes(path: string, source: string): string {
  const transforms: Transform[] = [];
  if (TYPED.test(path)) transforms.push("typescript");
  if (JSX.test(path)) transforms.push("jsx");
  if (transforms.length === 0) return source;
  try {
    return transform(source, { transforms, disableESTransforms: true, production: true }).code;
  } catch (error) {
    throw syntaxFailure(error);
  }
}

function parsed(text: string, format: ModuleFormat): Program {
  const options: Options = {
    ecmaVersion: "latest",
    sourceType: format === "module" ? "module" : "script",
    locations: true,
    allowReturnOutsideFunction: format === "commonjs",
    allowHashBang: true,
  };
  try {
    return parse(text, options);
  } catch (error) {
    throw syntaxFailure(error);
  }
}

/** Both parsers add `loc` to the error and `(line:column)` to its message. */
function syntaxFailure(error: unknown): SyntaxFailure {
  const loc =
    error instanceof Error && "loc" in error ? (error.loc as { line?: number } | undefined) : undefined;
  const problem = messageOf(error)
    .replace(/\s*\(\d+:\d+\)\s*$/, "")
    .replace(/^Error transforming [^:]*: /, "");
  return new SyntaxFailure(problem, loc?.line ?? 1);
}
