import type { Job, SegmentAudio } from "../lane/laneProtocol.ts";

/** All stages over a part of the recording, of which nothing goes on. */
export const EXCERPT_JOB: Omit<Job, "to" | "segment" | "audio"> = {
  mode: "alone",
  alone: true,
  from: 0,
  warmUp: null,
  endsSegment: false,
  last: false,
  isOutput: false,
  wantsAudio: false,
  probe: "none",
};

const BLOCKS_AT_ONCE = 64;
/** One block at least: a worker holds at most 16 MB, the excerpts among them. */
const BYTES_AT_ONCE = 2 * 2 ** 20;

/** Copies, because stages write in place; in pieces, so that the budget is looked at between them. */
export function* partsOf(audio: SegmentAudio): Generator<SegmentAudio> {
  const blockBytes = (audio.blocks[0] ?? 0) * audio.channels.length * Float32Array.BYTES_PER_ELEMENT;
  const atOnce = Math.max(1, Math.min(BLOCKS_AT_ONCE, Math.floor(BYTES_AT_ONCE / blockBytes)));
  let from = 0;
  for (let first = 0; first < audio.blocks.length; first += atOnce) {
    const blocks = audio.blocks.slice(first, first + atOnce);
    const frames = blocks.reduce((sum, length) => sum + length, 0);
    const channels = audio.channels.map((channel) => channel.slice(from, from + frames));
    yield { ...audio, startFrame: audio.startFrame + from, blocks, channels };
    from += frames;
  }
}
