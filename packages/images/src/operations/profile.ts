import { valueOr } from '../plan/parameter-defaults.ts';
import { profilePath } from './icc/profiles.ts';
import type { Operation } from './operation.ts';
import { inSrgb, upTo } from './stages.ts';

/**
 * What the numbers of the picture mean. With `color-transform` it is converted to that profile, which stays out of the
 * file with `strip=all`. Without, it keeps its own profile as long as nothing of another colour was mixed in, and is
 * sRGB otherwise, as is what has a profile for other pixels than RGB. All other metadata is dropped.
 */
export const profile: Operation = {
  name: 'profile',
  order: 140,
  parameters: ['color-transform', 'strip'],
  applies: () => true,
  apply: async (picture, { plan, opened }) => {
    const transform = plan.values['color-transform'];
    const stripsAll = valueOr(plan.values, 'strip') === 'all';
    if (transform !== undefined) {
      const ready = await upTo(picture, 'profile');
      return { ...ready, image: ready.image.withIccProfile(profilePath(transform), { attach: !stripsAll }) };
    }
    if (opened.rgbProfile && picture.ownColors && !stripsAll) {
      return { ...picture, image: picture.image.keepIccProfile() };
    }
    return inSrgb(picture);
  },
};
