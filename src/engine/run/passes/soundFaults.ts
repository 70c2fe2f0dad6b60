import { holdsNoNumber } from "../../audio/holdsNoNumber.ts";
import type { SegmentAudio } from "../../worker/lane/laneProtocol.ts";

/** What the recording itself brings that pipelines stumble over. */
export interface SoundFaults {
  /** Samples that are NaN or infinite. */
  notNumbers: number;
  /** Where the first of them is, in seconds. */
  firstNotNumber: number | null;
}

/** Looks at what is read, once, on the engine's thread. */
export function soundFaults(): { readonly found: SoundFaults; readonly look: (audio: SegmentAudio) => void } {
  const found: SoundFaults = { notNumbers: 0, firstNotNumber: null };
  return {
    found,
    look({ channels, startFrame, sampleRate }) {
      for (const channel of channels.filter(holdsNoNumber)) {
        for (let frame = 0; frame < channel.length; frame++) {
          if (Number.isFinite(channel[frame])) continue;
          found.notNumbers += 1;
          const seconds = (startFrame + frame) / sampleRate;
          found.firstNotNumber = Math.min(found.firstNotNumber ?? Infinity, seconds);
        }
      }
    },
  };
}
