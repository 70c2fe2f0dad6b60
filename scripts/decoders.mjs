// The decoders in WebAssembly: a file each in dist/library/decoders/, loaded when a recording needs it. They hold nothing
// but their packages and aren't minified, so that whoever wants to can put another build of a decoder in their place, as
// the licence of mpg123 in mp3.mjs asks for.
import { build } from "esbuild";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

const PACKAGES = {
  mp3: "mpg123-decoder",
  flac: "@wasm-audio-decoders/flac",
  vorbis: "@wasm-audio-decoders/ogg-vorbis",
  opus: "opus-decoder",
};

/** @returns what esbuild gives for each, with its metafile */
export function bundleDecoders(options, folder) {
  return Promise.all(
    Object.entries(PACKAGES).map(([name, packageName]) =>
      build({
        ...options,
        stdin: { contents: entryOf(packageName), resolveDir: options.absWorkingDir },
        outfile: join(folder, `${name}.mjs`),
        format: "esm",
        // They print what they meet in a file.
        drop: ["console"],
      }),
    ),
  );
}

/** Only the compiled decoder: the classes around it parse with codec-parser, whose licence is the LGPL. */
function entryOf(packageName) {
  const glue = join(dirname(require.resolve(packageName)), "src", "EmscriptenWasm.js");
  return [
    `export { default as EmscriptenWasm } from ${JSON.stringify(glue)};`,
    `export { WASMAudioDecoderCommon } from "@wasm-audio-decoders/common";`,
  ].join("\n");
}
