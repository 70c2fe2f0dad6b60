import { formatNumber, plural } from "../../core/format.ts";
import type { Machine, Runtime } from "../../core/run/run.ts";
import { SETTING_KEYS, SETTINGS, type Settings } from "../../client/settings/settings.ts";

export interface DiagnosticFacts {
  readonly waveflame: string;
  readonly editor: string;
  /** The Node of the extension host. */
  readonly hostNode: string;
  readonly platform: string;
  readonly remote: boolean;
  readonly trusted: boolean;
  readonly folders: number;
  /** Of the last run. */
  readonly machine: Machine | null;
  readonly runtime: Runtime | null;
  readonly settings: Settings;
  /** Of `errorKind`. */
  readonly lastError: string | null;
}

/** For a bug report: what was running where, without the names of files. */
export function diagnosticsOf(facts: DiagnosticFacts): string {
  const { machine, runtime } = facts;
  return [
    ["Waveflame", facts.waveflame],
    ["Editor", `${facts.editor}${facts.remote ? ", remote" : ""}`],
    ["Extension host", `Node ${facts.hostNode}, ${facts.platform}`],
    ["Workspace", `${plural(facts.folders, "folder")}, ${facts.trusted ? "trusted" : "not trusted"}`],
    ["Last run on", runtime ? `Node ${runtime.node}, V8 ${runtime.v8}, ${runtime.source}` : "no run yet"],
    ["Machine", machine ? machineInWords(machine) : "known after the first run"],
    ["Settings changed", changedSettings(facts.settings).join(", ") || "none"],
    ["Last error", facts.lastError ?? "none"],
  ]
    .map(([name, value]) => `${name ?? ""}: ${value ?? ""}`)
    .join("\n");
}

function machineInWords(machine: Machine): string {
  const simd = machine.simd === "unknown" ? "SIMD unknown" : `SIMD ${machine.simd.join(" ")}`;
  const gpus =
    machine.gpus === "unknown" ? "unknown" : machine.gpus.map(({ name }) => name).join(", ") || "none";
  return [
    machine.platform,
    machine.architecture,
    machine.cpu,
    `${machine.frequencyGHz} GHz`,
    `${machine.physicalCores} physical and ${machine.logicalCores} logical cores`,
    `${formatNumber(machine.memoryGB)} GB`,
    `disk ${machine.disk}`,
    `GPU ${gpus}`,
    simd,
  ].join(", ");
}

/** Only their names: a value may be a path. */
const changedSettings = (settings: Settings): string[] =>
  SETTING_KEYS.filter((key) => JSON.stringify(settings[key]) !== JSON.stringify(SETTINGS[key].initial));
