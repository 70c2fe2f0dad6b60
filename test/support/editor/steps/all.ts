import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { EditorSteps } from "../editorSteps.ts";
import { explorerSteps } from "./explorer.ts";
import { panelSteps } from "./panel.ts";
import { sourceSteps } from "./sourceEditor.ts";
import { workbenchSteps } from "./workbench.ts";

/** Every step, carried out in this page; pictures go to the folder. */
export async function allSteps(page: Page, pictures: string): Promise<EditorSteps> {
  await mkdir(pictures, { recursive: true });
  return {
    ...explorerSteps(page),
    ...sourceSteps(page),
    ...(await workbenchSteps(page)),
    ...panelSteps(page),
    async screenshot(name) {
      await page.screenshot({ path: join(pictures, `${name}.png`), animations: "disabled" });
    },
  };
}

/** Carries out the step that a test asked for by name. */
export function takeStep(steps: EditorSteps, name: string, args: unknown): Promise<unknown> {
  if (!Object.hasOwn(steps, name) || !Array.isArray(args)) throw new Error(`There is no step "${name}".`);
  const byName = steps as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
  return byName[name]!(...(args as unknown[]));
}
