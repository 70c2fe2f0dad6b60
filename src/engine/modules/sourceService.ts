import { readFile } from "node:fs/promises";
import type { Program } from "acorn";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "../failure.ts";
import { countedPlacesOf } from "./counting/countedPlaces.ts";
import { inPackages } from "./inPackages.ts";
import { outlineOf } from "./outline.ts";
import { registersProcessor } from "./registersProcessor.ts";
import type { Insertion } from "./counting/insertions.ts";
import { plainSource, SyntaxFailure, type ModuleFormat } from "./sourceText.ts";
import type { LoadedSource, SourceTable } from "./sourceTable.ts";

/** The engine's answer to a worker's load hook. */
export type PreparedSource =
  | {
      readonly kind: "source";
      readonly format: ModuleFormat;
      readonly shift: number;
      readonly text: string;
      /** For lanes that count. */
      readonly insertions: readonly Insertion[];
      /** It is an AudioWorklet's file. */
      readonly registersProcessor: boolean;
    }
  | { readonly kind: "syntax"; readonly path: string; readonly line: number; readonly problem: string }
  | { readonly kind: "unreadable"; readonly problem: string };

/**
 * Prepares source files for all workers, each once: the types come off here, and each file outside node_modules gets
 * its range of lines.
 */
export class SourceService {
  readonly #table: SourceTable;
  readonly #prepared = new Map<string, Promise<PreparedSource>>();
  readonly #packageTypes = new Map<string, Promise<string | undefined>>();

  constructor(table: SourceTable) {
    this.#table = table;
  }

  prepare(url: string): Promise<PreparedSource> {
    let prepared = this.#prepared.get(url);
    if (!prepared) {
      prepared = this.#prepare(fileURLToPath(url));
      this.#prepared.set(url, prepared);
    }
    return prepared;
  }

  async #prepare(path: string): Promise<PreparedSource> {
    try {
      const original = (await readFile(path, "utf8")).replace(/^\uFEFF/, "").replace(/\r\n/g, "\n");
      const { text, format, program } = plainSource(path, original, await this.#packageType(dirname(path)));
      const isProcessor = registersProcessor(program, text);
      // A package's processor is what is to be measured, unlike what a pipeline calls of packages.
      const isPackage = inPackages(path) && !isProcessor;
      const added = isPackage ? null : this.#added(path, original, program);
      return {
        kind: "source",
        format,
        shift: added?.shift ?? 0,
        text,
        insertions: added?.countedPlaces.insertions ?? [],
        registersProcessor: isProcessor,
      };
    } catch (error) {
      if (error instanceof SyntaxFailure)
        return { kind: "syntax", path, line: error.line, problem: error.message };
      return { kind: "unreadable", problem: messageOf(error) };
    }
  }

  #added(path: string, original: string, program: Program): LoadedSource {
    const parsed = { outline: outlineOf(program), countedPlaces: countedPlacesOf(program) };
    return this.#table.add(path, original, parsed);
  }

  /** `type` of the nearest package.json, as Node looks for it. */
  #packageType(folder: string): Promise<string | undefined> {
    let type = this.#packageTypes.get(folder);
    if (!type) {
      type = this.#readPackageType(folder);
      this.#packageTypes.set(folder, type);
    }
    return type;
  }

  async #readPackageType(folder: string): Promise<string | undefined> {
    const text = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
    if (text !== undefined) {
      try {
        const { type } = JSON.parse(text) as { type?: unknown };
        return typeof type === "string" ? type : undefined;
      } catch {
        return undefined;
      }
    }
    const above = dirname(folder);
    return above === folder ? undefined : this.#packageType(above);
  }
}
