import { Readable } from 'node:stream';
import type { TeamId } from '@windlass/contract';
import { parsePlan, type Plan } from '@windlass/images';
import { pictureFormats } from '@windlass/images/parameters';
import type { Origin, OriginFacts } from '../sources/index.ts';
import type { PicturePart } from './picture-part.ts';

/** One pixel of neutral grey (#bdbdbd), as PNG. */
const greyPixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGPYCwAAvwC+HM1KNgAAAABJRU5ErkJggg==',
  'base64',
);
const facts: OriginFacts = { etag: '"grey-1"', lastModified: null, size: greyPixel.byteLength };

/**
 * Where the placeholders of a team come from: they are pictures like any other, cached and made once. Each team has a
 * place of its own, as with every other origin, so that none waits in the lane of another.
 */
const greyOrigin = (teamId: TeamId): Origin => ({
  id: `placeholder ${teamId}`,
  head: async () => facts,
  open: async () => ({ ...facts, body: Readable.from([greyPixel]) }),
});

const defaultSides = { width: 600, height: 400 };

/** What the picture would have had room for; a side that only the original knows comes from 3:2. */
const sidesOf = ({ fit }: Plan): { width: number; height: number } => {
  if ('ratio' in fit) {
    return {
      width: defaultSides.width,
      height: Math.max(1, Math.round((defaultSides.width * fit.ratio.height) / fit.ratio.width)),
    };
  }
  const { width, height } = fit;
  if (width === null) {
    return height === null ? defaultSides : { width: Math.max(1, Math.round((height * 3) / 2)), height };
  }
  return { width, height: height ?? Math.max(1, Math.round((width * 2) / 3)) };
};

/**
 * A grey picture of the size and format that were asked for, in the place of one that cannot be shown; null where no
 * picture was asked for but text about one.
 */
export const placeholderFor = (part: PicturePart): PicturePart | null => {
  const { plan, source } = part;
  const { format } = plan;
  if (format !== 'auto' && !pictureFormats.some((each) => each === format)) return null;
  const { maxOutputSide: maxSide } = source.limits;
  const { width, height } = sidesOf(plan);
  const query = `width=${Math.min(width, maxSide)}&height=${Math.min(height, maxSide)}&mode=force&upscale=true&format=${format}`;
  const grey = parsePlan(query, { maxSide, autoFormats: source.autoFormats });
  return {
    ...part,
    origin: greyOrigin(source.teamId),
    path: '',
    key: 'grey.png',
    plan: { ...grey, accepts: plan.accepts, varies: plan.varies },
    overlays: [],
  };
};
