import { cacheTag, type PurgeScope } from '@windlass/contract';
import { sentence } from '../../../lib/format.ts';

interface ScopeWords {
  label: string;
  /** What has to be named; null where nothing has. */
  field: string | null;
  example: string;
  lost: (value: string) => string;
}

export const purgeWords = {
  path: {
    label: 'One path',
    field: 'Path',
    example: 'holiday/harbour.jpg',
    lost: (value) => `every size and format of ${value}`,
  },
  prefix: {
    label: 'A prefix',
    field: 'Prefix',
    example: 'holiday/',
    lost: (value) => `every picture whose path begins with ${value}`,
  },
  tag: {
    label: 'A tag',
    field: 'Tag',
    example: 'spring',
    lost: (value) => `every picture that was asked for with tag=${value}`,
  },
  all: {
    label: 'Everything',
    field: null,
    example: '',
    lost: () => 'every made picture of this source',
  },
} as const satisfies Record<PurgeScope, ScopeWords>;

/** From the smallest to the largest. */
export const purgeChoices = (['path', 'prefix', 'tag', 'all'] as const).map((value) => ({
  value,
  label: purgeWords[value].label,
}));

/** Why a value cannot be purged; undefined where it can. */
export const purgeProblem = (scope: PurgeScope, value: string): string | undefined => {
  if (scope === 'all') return undefined;
  if (value.trim() === '') return 'This is needed.';
  if (scope !== 'tag') return undefined;
  const parsed = cacheTag.safeParse(value);
  return parsed.success ? undefined : sentence(parsed.error.issues[0]?.message ?? '');
};
