import {
  BadValue,
  nestingProblem,
  overlayNames,
  parsePlan,
  parseQuery,
  parseTarget,
  type NestedTarget,
  type Plan,
  type PlanSettings,
} from '@windlass/images';

/** Who named a picture inside another one: whoever asks, or the source in its presets and defaults. */
export type SetBy = 'request' | 'source';

/** What an overlay's query is read with, by who set it. */
type SettingsBy = (setBy: SetBy) => PlanSettings;

interface Nest {
  depth: number;
  /** Overlays so far; shared by the whole tree. */
  count: { pictures: number };
  setBy: SetBy;
  /** Null inside another source, of which nothing is known here. */
  settingsBy: SettingsBy | null;
}

/** The largest side that any source may have. */
const largestSide = 16_384;

/** Refuses only what no source takes. */
const elsewhere: PlanSettings = {
  defaults: '',
  presets: {},
  presetsOnly: false,
  allowedSizes: null,
  autoFormats: [],
  maxSide: largestSide,
};

const withoutPresets = (rawQuery: string): string =>
  [...parseQuery(rawQuery)]
    .filter(([name]) => name !== 'preset')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');

const readOverlay = ({ host, target }: NestedTarget, nest: Nest): void => {
  const settingsBy = host === null ? nest.settingsBy : null;
  // A bare path stands for one below the source; its name does not matter here.
  const { rawQuery } = parseTarget({ target: host === null ? `/this${target}` : target });
  const plan =
    settingsBy === null
      ? parsePlan(withoutPresets(rawQuery), elsewhere)
      : parsePlan(rawQuery, settingsBy(nest.setBy));
  readOverlays(plan, { ...nest, depth: nest.depth + 1, settingsBy });
};

const readOverlays = (plan: Plan, nest: Nest): void => {
  for (const name of overlayNames) {
    const nested = plan.values[name];
    if (nested === undefined) continue;
    const setBy = plan.sourceOverlays.includes(name) ? 'source' : nest.setBy;
    nest.count.pictures += 1;
    const problem = nestingProblem(nest.depth, nest.count.pictures);
    if (problem !== null) throw new BadValue(name, `cannot be used: ${problem}`);
    try {
      readOverlay(nested, { ...nest, setBy });
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      throw new BadValue(name, `cannot be used: ${error.message}`);
    }
  }
};

/**
 * Reads the queries of the pictures in a picture as the image server would, as far as they can be known without the
 * sources that they name by address: those sources' presets and limits may change at any time.
 *
 * @throws BadValue of the overlay whose query cannot be used, e.g. `watermark cannot be used: width takes …`
 */
export const requireOverlays = (plan: Plan, settingsBy: SettingsBy): void =>
  readOverlays(plan, { depth: 0, count: { pictures: 0 }, setBy: 'request', settingsBy });
