import { serialize } from "node:v8";

/**
 * A key for results computed from some audio: SHA-256 (FIPS 180-4) of its samples and of all else that the result
 * depends on, such as the sample rate, an order, a list of coefficients.
 *
 * The same audio in 32 and in 64 bits has two keys. Keys are for the memory of one process: another version of Node or
 * a machine of another byte order may make others.
 *
 * @param channels the samples, one array per channel
 * @param parameters what structured cloning copies: numbers, text, lists, objects, typed arrays
 * @returns 64 hexadecimal digits
 * @throws Error where a parameter can't be copied, such as a function
 */
export function audioKey(
  channels: readonly (Float32Array | Float64Array)[],
  ...parameters: readonly unknown[]
): string {
  // Not at the top, where it would take some milliseconds of each worker, used or not.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const hash = createHash("sha256");
  // The shape goes first, so that two channels never have the key of one that is twice as long.
  hash.update(
    serialize([channels.map((samples) => [samples.length, samples.BYTES_PER_ELEMENT]), parameters]),
  );
  for (const samples of channels) hash.update(samples);
  return hash.digest("hex");
}
