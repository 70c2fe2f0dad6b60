// What vsce would pack, against the list of what may be in there and of what must be.
import { buildIfStale } from "../build.mjs";
import { refuse, run } from "./run.mjs";

const ALLOWED = [
  /^(package\.json|package\.nls\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^l10n\/bundle\.l10n(\.[\w-]+)?\.json$/,
  /^media\/icon\.png$/,
  /^media\/sample\/[\w./-]+\.(ts|md|json)$/,
  /^dist\/(extension\.cjs|package\.json)$/,
  /^dist\/engine\/(engine|laneTask|laneProcess|laneBridge|worker)\.js$/,
  /^dist\/NOTICES\.txt$/,
  /^dist\/library\/waveflame\.(mjs|d\.ts)$/,
  /^dist\/library\/decoders\/(mp3|flac|vorbis|opus)\.mjs$/,
  /^dist\/library\/(kernels|pffft|spectrumLoops)\.wasm$/,
  /^dist\/pipelines\/[\w./-]+\.(ts|json)$/,
  /^dist\/webview\/(panel\.js|style\.css)$/,
];

const REQUIRED = [
  "package.json",
  "package.nls.json",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  "l10n/bundle.l10n.json",
  "media/icon.png",
  "media/sample/voice-level.pipeline.ts",
  "media/sample/music-bands.pipeline.ts",
  "dist/extension.cjs",
  "dist/package.json",
  "dist/engine/engine.js",
  "dist/engine/laneTask.js",
  "dist/engine/laneProcess.js",
  "dist/engine/laneBridge.js",
  "dist/engine/worker.js",
  "dist/library/waveflame.mjs",
  "dist/library/waveflame.d.ts",
  "dist/library/decoders/mp3.mjs",
  "dist/library/decoders/flac.mjs",
  "dist/library/decoders/vorbis.mjs",
  "dist/library/decoders/opus.mjs",
  "dist/NOTICES.txt",
  "dist/library/kernels.wasm",
  "dist/library/spectrumLoops.wasm",
  "dist/library/pffft.wasm",
  "dist/pipelines/features/features.pipeline.ts",
  "dist/pipelines/mastering/mastering.pipeline.ts",
  "dist/webview/panel.js",
  "dist/webview/style.css",
];

export async function checkPackaged() {
  await buildIfStale();
  const printed = await run("@vscode/vsce/vsce", "ls", "--no-dependencies");
  const packed = printed.split(/\r?\n/).filter(Boolean);
  refuse([
    ...packed
      .filter((path) => !ALLOWED.some((pattern) => pattern.test(path)))
      .map(
        (path) =>
          `${path} would be packed: name it in scripts/check/packaged.mjs or keep it out by .vscodeignore.`,
      ),
    ...REQUIRED.filter((path) => !packed.includes(path)).map(
      (path) => `${path} would be missing in the package.`,
    ),
  ]);
}
