/** What the kernels take at once: their memory grows with it and never shrinks. */
export const PIECE_FRAMES = 16384;

/** Hands a block over in pieces where it is long: an array per channel in, and as many frames out. */
export function inPieces(
  input: readonly Float32Array[],
  output: readonly Float32Array[],
  take: (input: readonly Float32Array[], output: readonly Float32Array[]) => void,
): void {
  const frames = input[0]?.length ?? 0;
  if (frames <= PIECE_FRAMES) {
    take(input, output);
    return;
  }
  for (let start = 0; start < frames; start += PIECE_FRAMES) {
    const piece = (samples: Float32Array): Float32Array => samples.subarray(start, start + PIECE_FRAMES);
    take(input.map(piece), output.map(piece));
  }
}
