import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PanelContent } from "../../../src/protocol/panel.ts";
import { PAGE_THEMES } from "./themes.ts";
import type { ThemeName } from "./themes.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const HOME = "https://panel.test/";
/** What ships; read once, so that a build at the same time changes nothing in the middle of a suite. */
const bundle = Promise.all([shipped("panel.js"), shipped("style.css")]);
/** As strict as the editor's page; nothing else is let in. */
const POLICY = `default-src 'none'; style-src ${HOME}; script-src 'nonce-test'; font-src ${HOME}`;

/** What the page told the editor, in order. */
export interface Told {
  readonly method: string;
  readonly params: unknown;
}

export interface PanelPage {
  readonly page: Page;
  /** Everything but the first call. */
  readonly told: () => Promise<Told[]>;
  readonly tell: (method: "show" | "reveal", params: unknown) => Promise<void>;
  readonly setTheme: (theme: ThemeName) => Promise<void>;
  /** Errors of the page and what its policy refused. */
  readonly complaints: readonly string[];
}

type FindBrowser = (say: (text: string) => void) => Promise<FoundBrowser>;

interface FoundBrowser {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/** Null where there is none on this machine, which is said. @throws Error where there is one that doesn't start. */
export async function openBrowser(): Promise<Browser | null> {
  const { href } = pathToFileURL(join(root, "scripts", "editor", "browser.mjs"));
  const { findBrowser } = (await import(href)) as { findBrowser: FindBrowser };
  const found = await findBrowser((text) => console.log(`    ${text}`)).catch((error: unknown) => {
    console.log(`    skipped: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  });
  if (!found) return null;
  const { executablePath, args, env } = found;
  return chromium.launch({ executablePath, args, env: { ...cleanEnvironment(), ...env } });
}

function cleanEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

export interface PanelOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** As where the system forces its own colours on every page. */
  readonly forcedColors?: boolean;
}

/** The bundle that ships, in a page like the editor's, which answers `ready` with the content. */
export async function openPanel(
  browser: Browser,
  content: PanelContent,
  options: PanelOptions = {},
): Promise<PanelPage> {
  const theme = options.theme ?? "dark";
  const [script, style] = await bundle;
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1100, height: options.height ?? 800 },
    timezoneId: "UTC",
    locale: "en-GB",
    reducedMotion: "reduce",
    forcedColors: options.forcedColors ? "active" : "none",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.route("**/*", async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === "") await route.fulfill({ contentType: "text/html", body: html(theme) });
    else if (name === "theme.css") await route.fulfill({ contentType: "text/css", body: themeCss(theme) });
    else if (name === "style.css") await route.fulfill({ contentType: "text/css", body: style });
    else if (name === "panel.js") await route.fulfill({ contentType: "text/javascript", body: script });
    else await route.abort();
  });
  await page.clock.setFixedTime(new Date("2026-11-21T15:00:00Z"));
  await page.addInitScript((answer: string) => {
    const told: unknown[] = [];
    Object.assign(window, {
      told,
      acquireVsCodeApi: () => ({
        postMessage: (message: { kind: string; id: number; method: string; params: unknown }) => {
          if (message.method !== "ready") told.push({ method: message.method, params: message.params });
          else
            window.postMessage({ kind: "answer", id: message.id, value: JSON.parse(answer) as unknown }, "*");
        },
      }),
    });
  }, JSON.stringify(content));
  await page.goto(HOME);
  await page.waitForSelector("h1, .message");
  return {
    page,
    complaints,
    told: () => page.evaluate(() => (window as unknown as { told: Told[] }).told),
    tell: (method, params) =>
      page.evaluate((message) => window.postMessage(message, "*"), { kind: "tell", method, params }),
    setTheme: (next) =>
      page.evaluate(({ bodyClass, colours }) => {
        for (const [name, value] of Object.entries(colours)) {
          document.documentElement.style.setProperty(`--vscode-${name}`, value);
        }
        document.body.className = bodyClass;
      }, PAGE_THEMES[next]),
  };
}

function shipped(name: string): Promise<string> {
  return readFile(join(root, "dist", "webview", name), "utf8");
}

function html(theme: ThemeName): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Waveflame</title>
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="stylesheet" href="${HOME}theme.css"><link rel="stylesheet" href="${HOME}style.css"></head>
<body class="${PAGE_THEMES[theme].bodyClass}"><div id="app"></div>
<script nonce="test" src="${HOME}panel.js"></script></body></html>`;
}

function themeCss(theme: ThemeName): string {
  const variables = Object.entries(PAGE_THEMES[theme].colours)
    .map(([name, value]) => `--vscode-${name}:${value};`)
    .join("");
  return `html{${variables}--vscode-font-family:Inter,"Open Sans",sans-serif;--vscode-editor-font-family:"JetBrains Mono","DejaVu Sans Mono",monospace;--vscode-font-size:13px}`;
}
