import { plural } from "../../core/format.ts";

/** @param name of the public class @throws RangeError when a block has another number of channels than it was made for */
export function checkChannels(name: string, channels: number, block: readonly ArrayLike<number>[]): void {
  if (block.length === channels) return;
  throw new RangeError(
    `${name} was made for ${plural(channels, "channel")} and given ${block.length}: give channels: ${block.length} where it is made.`,
  );
}
