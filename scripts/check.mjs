// `npm run check`: everything about the sources that a program can tell without running them.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { checkLocalisation } from "./check/localisation.mjs";
import { checkManifest } from "./check/manifest.mjs";
import { checkPackaged } from "./check/packaged.mjs";
import { run } from "./check/run.mjs";

/** Each throws an Error that says what is wrong. */
export const STEPS = {
  types: () => run("typescript/bin/tsc", "-b"),
  lint: () => run("eslint/bin/eslint.js", "."),
  formatting: () => run("prettier/bin/prettier.cjs", "--check", "."),
  manifest: checkManifest,
  localisation: checkLocalisation,
  package: checkPackaged,
};

/** Prints a line for each step, and gives how many passed and failed. */
export async function checkAll() {
  const counts = { passed: 0, failed: 0 };
  for (const [name, step] of Object.entries(STEPS)) {
    try {
      await step();
      counts.passed += 1;
      console.log(`  ok ${name}`);
    } catch (error) {
      counts.failed += 1;
      console.log(`  failed ${name}\n${error.message.replace(/^/gm, "    ")}`);
    }
  }
  return counts;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const counts = await checkAll();
  // `npm test` adds them to those of the suites.
  if (process.env.WAVEFLAME_COUNTS) writeFileSync(process.env.WAVEFLAME_COUNTS, JSON.stringify(counts));
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
