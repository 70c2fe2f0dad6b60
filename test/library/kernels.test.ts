import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const SCRIPT = `
  import { BiquadCascade, Compressor, designBiquad, Limiter, Resampler, takenFallbacks } from "waveflame";
  const sections = [designBiquad({ type: "lowpass", frequencyHz: 1000, sampleRate: 48000 })];
  const made = [
    new BiquadCascade(sections),
    new Compressor({ sampleRate: 48000 }),
    new Limiter({ sampleRate: 48000 }),
    new Resampler({ from: 48000, to: 16000 }),
  ];
  for (const one of made) one.process([new Float32Array(100).fill(0.5)]);
  console.log(JSON.stringify({ compiled: made.map((one) => one.isCompiled), fallbacks: takenFallbacks() }));
`;

interface Printed {
  compiled: boolean[];
  fallbacks: { wanted: string; taken: string; reason: string }[];
}

async function run(...flags: string[]): Promise<Printed> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, "--input-type=module", "--eval", SCRIPT],
    { cwd: new URL("../..", import.meta.url) },
  );
  return JSON.parse(stdout) as Printed;
}

describe("Compiled loops", () => {
  it("are what runs where nothing else is asked for", async () => {
    assert.deepEqual(await run(), { compiled: [true, true, true, true], fallbacks: [] });
  });

  it("give way to TypeScript where WebAssembly is refused, and that is noted once", async () => {
    const { compiled, fallbacks } = await run("--jitless");
    assert.deepEqual(compiled, [false, false, false, false]);
    assert.equal(fallbacks.length, 1);
    assert.equal(fallbacks[0]!.wanted, "compiled loops");
    assert.equal(fallbacks[0]!.taken, "the same loops in TypeScript");
    assert.match(fallbacks[0]!.reason, /WebAssembly/);
  });
});
