import type { Browser } from "playwright-core";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const RELEASE = join(import.meta.dirname, "..", "..", "..", "node_modules", "speedscope", "dist", "release");
const HOME = "https://speedscope.test/";

/** What speedscope read, as it writes it itself. */
export interface ReadBySpeedscope {
  readonly shared: {
    readonly frames: readonly { readonly name: string; readonly file?: string; readonly line?: number }[];
  };
  readonly profiles: readonly {
    readonly name: string;
    readonly unit: string;
    readonly startValue: number;
    readonly endValue: number;
    readonly events: readonly { readonly type: "O" | "C"; readonly frame: number; readonly at: number }[];
  }[];
  readonly exporter: string;
}

/** Opens a file in the page of speedscope, without a network, and has it saved from there. @throws where it can't read it */
export async function inSpeedscope(
  browser: Browser,
  name: string,
  file: Uint8Array,
): Promise<ReadBySpeedscope> {
  const context = await browser.newContext({ acceptDownloads: true, viewport: { width: 900, height: 600 } });
  try {
    const page = await context.newPage();
    const refused = new Promise<never>((_, reject) => {
      page.on("dialog", (dialog) => reject(new Error(dialog.message())));
      page.on("pageerror", reject);
    });
    await page.route("**/*", async (route) => {
      const path = new URL(route.request().url()).pathname.slice(1) || "index.html";
      if (path.startsWith("profile/"))
        await route.fulfill({ body: Buffer.from(file), contentType: "application/octet-stream" });
      else if (existsSync(join(RELEASE, path))) await route.fulfill({ path: join(RELEASE, path) });
      else await route.abort();
    });
    const address = `${HOME}profile/${encodeURIComponent(name)}`;
    await page.goto(`${HOME}#profileURL=${encodeURIComponent(address)}`);
    // Its views are offered once it has read the file.
    await Promise.race([page.getByText("Sandwich").waitFor(), refused]);
    const saved = page.waitForEvent("download");
    await page.keyboard.press("Control+s");
    return JSON.parse(await readFile(await (await saved).path(), "utf8")) as ReadBySpeedscope;
  } finally {
    await context.close();
  }
}

/** By name the time between the opening of its outermost frame and its closing. */
export function totalsIn({ shared, profiles }: ReadBySpeedscope, profile = 0): Map<string, number> {
  const totals = new Map<string, number>();
  const open: { readonly name: string; readonly at: number }[] = [];
  for (const { type, frame, at } of profiles[profile]!.events) {
    const { name } = shared.frames[frame]!;
    if (type === "O") {
      open.push({ name, at });
      continue;
    }
    const began = open.pop()!;
    if (!open.some((above) => above.name === name)) totals.set(name, (totals.get(name) ?? 0) + at - began.at);
  }
  return totals;
}
