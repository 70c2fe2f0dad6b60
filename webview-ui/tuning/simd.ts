import type { Machine, Run } from "../../src/core/run/run.ts";

const NAMES: readonly (readonly [flag: RegExp, name: string])[] = [
  [/^sse$/, "SSE"],
  [/^sse2$/, "SSE2"],
  [/^(sse3|pni)$/, "SSE3"],
  [/^sse4_1$/, "SSE4.1"],
  [/^sse4_2$/, "SSE4.2"],
  [/^avx$/, "AVX"],
  [/^avx2$/, "AVX2"],
  [/^avx512/, "AVX-512"],
  [/^fma$/, "FMA"],
  [/^(neon|asimd)$/, "NEON"],
];

/** `SSE, SSE2, AVX`: the instruction sets that matter to audio, in the order in which they came. */
export function simdWords(simd: Machine["simd"]): string {
  if (simd === "unknown") return "unknown";
  const found = NAMES.filter(([flag]) => simd.some((each) => flag.test(each))).map(([, name]) => name);
  return found.length === 0 ? "none" : found.join(", ");
}

/** What they mean for this pipeline. */
export function simdMeaning({ callTree }: Run): string {
  return callTree.functions.some(({ kind }) => kind === "wasm")
    ? "WebAssembly uses 128 bits of it, if it was compiled for SIMD; JavaScript loops don't."
    : "JavaScript loops don't use it. WebAssembly would: 128 bits.";
}
