import type { FindPicture, FoundPicture } from './find-picture.ts';
import type { PicturePart } from './picture-part.ts';
import type { PictureParts } from './picture-parts.ts';
import { readPictureState, type PictureState } from './picture-state.ts';
import { placeholderFor } from './placeholder.ts';
import { refusalOf, type Refusal } from './refusal.ts';
import type { SettleOriginal } from './settle-original.ts';
import type { StageClock } from './stage-clock.ts';

export interface StandIn {
  state: PictureState;
  found: FoundPicture;
}

/** What a source shows in the place of a picture that cannot be shown; null: text. */
export type FindStandIn = (
  part: PicturePart,
  trouble: Refusal,
  clock: StageClock,
  signal: AbortSignal,
) => Promise<StandIn | null>;

/** Where the URL is right and the picture is the trouble. A server that has too much to do makes no other picture. */
const statuses: ReadonlySet<number> = new Set([404, 413, 415, 422, 502, 504]);

/** The source's fallback picture first, with the plan that was asked for; then a grey one. */
export const createFindStandIn = ({
  parts,
  settle,
  finder,
  encoder,
  onTrouble,
}: {
  parts: PictureParts;
  settle: SettleOriginal;
  finder: FindPicture;
  encoder: string;
  /** A fallback picture that cannot be shown either. */
  onTrouble(part: PicturePart, refusal: Refusal): void;
}): FindStandIn => {
  const candidates = (part: PicturePart): PicturePart[] => {
    const { fallbackPath, onError } = part.source;
    const found: PicturePart[] = [];
    if (fallbackPath !== null && fallbackPath !== part.path) found.push(parts.elsewhere(part, fallbackPath));
    const grey = onError === 'placeholder' ? placeholderFor(part) : null;
    return grey === null ? found : [...found, grey];
  };

  return async (part, trouble, clock, signal) => {
    if (!statuses.has(trouble.status)) return null;
    for (const candidate of candidates(part)) {
      try {
        const state = await readPictureState(candidate, settle, encoder, { ask: false, signal });
        return { state, found: await finder.find(state, clock, signal) };
      } catch (error) {
        signal.throwIfAborted();
        onTrouble(candidate, refusalOf(error));
      }
    }
    return null;
  };
};
