// Compares package.json with the code: commands, settings, colours, context keys, the panel, audio extensions.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { differences, refuse, root } from "./run.mjs";
import { constant, parse } from "./source.mjs";

const MANIFEST = "package.json";
const IDS = "src/host/ids.ts";

export async function checkManifest() {
  const manifest = JSON.parse(await readFile(join(root, MANIFEST), "utf8"));
  const ids = await parse(IDS);
  refuse([
    ...namesOf(manifest, ids),
    ...placesOf(manifest),
    ...contextsOf(manifest, ids),
    ...(await settingsOf(manifest)),
    ...(await audioOf(manifest)),
  ]);
}

function namesOf({ contributes, activationEvents }, ids) {
  const commands = contributes.commands.map(({ command }) => command);
  const colors = contributes.colors.map(({ id }) => id);
  const panels = activationEvents.map((event) => event.replace("onWebviewPanel:", ""));
  return [
    ...differences("The command", commands, Object.values(constant(ids, "COMMANDS")), MANIFEST, IDS),
    ...differences("The colour", colors, Object.values(constant(ids, "COLORS")), MANIFEST, IDS),
    ...differences("The panel", panels, [constant(ids, "PANEL_TYPE")], MANIFEST, IDS),
  ];
}

/** A menu or a key for a command that isn't there, a command that no menu shows. */
function placesOf({ contributes }) {
  const commands = new Set(contributes.commands.map(({ command }) => command));
  const placed = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
  return placed
    .filter(({ command }) => !commands.has(command))
    .map(({ command }) => `The command "${command}" has a menu or a key in ${MANIFEST} but isn't declared.`);
}

function contextsOf({ contributes }, ids) {
  const { menus, keybindings, commands } = contributes;
  const clauses = [
    ...[...Object.values(menus).flat(), ...keybindings].map(({ when }) => when ?? ""),
    ...commands.map(({ enablement }) => enablement ?? ""),
  ];
  const used = clauses.flatMap((clause) => clause.match(/waveflame\.\w+/g) ?? []);
  return differences("The context key", used, Object.values(constant(ids, "CONTEXT_KEYS")), MANIFEST, IDS);
}

async function settingsOf({ contributes }) {
  const path = "src/client/settings/settings.ts";
  const known = constant(await parse(path), "SETTINGS");
  const declared = contributes.configuration.properties;
  const names = Object.keys(declared).map((name) => name.replace(/^waveflame\./, ""));
  return [
    ...differences("The setting", names, Object.keys(known), MANIFEST, path),
    ...Object.entries(known)
      .filter(
        ([name, { initial }]) =>
          JSON.stringify(declared[`waveflame.${name}`]?.default) !== JSON.stringify(initial),
      )
      .map(([name]) => `The setting "${name}" has one default in ${MANIFEST} and another in ${path}.`),
  ];
}

async function audioOf({ contributes }) {
  const path = "src/core/names/audioExtensions.ts";
  const known = constant(await parse(path), "AUDIO_EXTENSIONS");
  const clauses = Object.values(contributes.menus)
    .flat()
    .map(({ when }) => /resourceExtname =~ \/\^\\\.\(([^)]*)\)\$\/i/.exec(when ?? "")?.[1])
    .filter(Boolean);
  return clauses.flatMap((clause) => differences("The extension", clause.split("|"), known, MANIFEST, path));
}
