import type { BlockSizeRefusal, SoundComparison } from "../../core/variants/variants.ts";
import type { ProgressStep, SoundRequest, VariantSound } from "../../protocol/engine.ts";
import { RenderedAudio } from "../pool/renderedAudio.ts";
import { failureOf, isOfPipeline } from "../run/failures.ts";
import type { Opened, Session } from "../run/session.ts";
import { renderSound, type RenderedFacts, type RenderSetting } from "./renderSound.ts";
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
  try {
    // One lane renders at a time.
    return await session.run({ moreLanes: 1, rendered: () => Promise.resolve(null) }, async (opened) => {
      reference = await RenderedAudio.create(
        session.files.work,
        "Variants are compared with the sound of the pipeline as written, which is kept in",
      );
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
  const { variants, blockSizes } = request;
  const of = 1 + variants.length * blockSizes.length;
  let pieces = 0;
  const first: ProgressStep = { variant: null, blockFrames: null, number: 1, of };
  const written = await renderSound(setting, first, async (audio) => {
    await reference.keep(pieces, audio);
    pieces += 1;
  });
  const sounds: VariantSound[] = [];
  for (const [place, variant] of variants.entries()) {
    const sound: SoundComparison[] = [];
    const refusals: BlockSizeRefusal[] = [];
    for (const [index, blockFrames] of blockSizes.entries()) {
      const step = { variant, blockFrames, number: 2 + place * blockSizes.length + index, of };
      const found = await compareOne(setting, step, written, reference);
      if ("reason" in found) refusals.push(found);
      else sound.push(found);
    }
    sounds.push({ variant, sound, refusals });
  }
  return sounds;
}

/** What a pipeline throws in blocks of one size says nothing of the others. */
async function compareOne(
  setting: RenderSetting,
  step: ProgressStep & { readonly blockFrames: number },
  written: RenderedFacts,
  reference: RenderedAudio,
): Promise<SoundComparison | BlockSizeRefusal> {
  const { session, opened } = setting;
  const { blockFrames } = step;
  const alignment = new SoundAlignment(written, (piece) => reference.read(piece));
  try {
    const heard = await renderSound(setting, step, (audio, facts) =>
      alignment.add(audio.channels, facts.latencyFrames),
    );
    return await alignment.end(heard, blockFrames);
  } catch (error) {
    if (session.isCancelled || !isOfPipeline(error)) throw error;
    return { blockFrames, reason: failureOf(error, session.table, opened.names).message };
  }
}
