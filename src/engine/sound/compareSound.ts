import type { SoundRequest, VariantSound } from "../../protocol/engine.ts";
import { RenderedAudio } from "../pool/renderedAudio.ts";
import type { Opened, Session } from "../run/session.ts";
import { renderSound, type RenderSetting } from "./renderSound.ts";
import { SoundAlignment } from "./soundAlignment.ts";

/**
 * Renders the pipeline as written at its own block size, then each variant at each block size, and compares while it renders:
 * on disk there is one rendering at most, in memory none. @throws Failure
 */
export async function compareSound(
  session: Session,
  request: SoundRequest,
): Promise<readonly VariantSound[]> {
  let reference: RenderedAudio | undefined;
  const moreLanes = 1 + request.variants.length * request.blockSizes.length;
  try {
    return await session.run({ moreLanes, rendered: () => Promise.resolve(null) }, async (opened) => {
      reference = await RenderedAudio.create(session.files.work);
      return await compareAll(session, request, opened, reference);
    });
  } finally {
    await reference?.close();
  }
}

async function compareAll(
  session: Session,
  request: SoundRequest,
  opened: Opened,
  reference: RenderedAudio,
): Promise<VariantSound[]> {
  const setting: RenderSetting = { session, opened, mostSeconds: request.mostSeconds };
  opened.watch.enter("listening");
  let pieces = 0;
  const written = await renderSound(setting, null, null, async (audio) => {
    await reference.keep(pieces, audio);
    pieces += 1;
  });
  const sounds: VariantSound[] = [];
  for (const variant of request.variants) {
    const sound = [];
    for (const blockFrames of request.blockSizes) {
      const alignment = new SoundAlignment(written, (piece) => reference.read(piece));
      const heard = await renderSound(setting, variant, blockFrames, (audio, facts) =>
        alignment.add(audio.channels, facts.latencyFrames),
      );
      sound.push(await alignment.end(heard, blockFrames));
    }
    sounds.push({ variant, sound });
  }
  return sounds;
}
