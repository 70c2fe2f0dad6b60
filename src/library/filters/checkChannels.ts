/** @throws RangeError when a block has another number of channels than what processes it */
export function checkChannels(processor: string, channels: number, block: readonly Float32Array[]): void {
  if (block.length === channels) return;
  throw new RangeError(
    `${processor} for ${channels} channel(s) was given ${block.length}: make one for as many channels as the block has.`,
  );
}
