// The user settings of an embedded editor: nothing beside the product.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const SETTINGS = {
  "chat.disableAIFeatures": true,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "workbench.colorTheme": "Dark Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/** Writes them into a user data folder. */
export async function writeUserSettings(userData, more = {}) {
  await mkdir(join(userData, "User"), { recursive: true });
  await writeFile(join(userData, "User", "settings.json"), JSON.stringify({ ...SETTINGS, ...more }, null, 2));
}
