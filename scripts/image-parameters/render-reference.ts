import {
  groupTitles,
  parameterGroups,
  parameterNames,
  parameters,
  type ParameterGroup,
} from '@windlass/images/parameters';

const asQuery = (name: string, example: string): string =>
  `${name}=${encodeURIComponent(example).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/')}`;

const table = (group: ParameterGroup): string =>
  [
    '| parameter | takes | when not set | what it does | example |',
    '|---|---|---|---|---|',
    ...parameterNames.flatMap((name) => {
      const { group: own, takes, unset, does, example } = parameters[name];
      if (own !== group) return [];
      return [`| \`${name}\` | ${takes} | ${unset} | ${does} | \`${asQuery(name, example)}\` |`];
    }),
  ].join('\n');

const anchor = (title: string): string => title.toLowerCase().replaceAll(' ', '-');

/** The page docs/guide/images-parameters.md, out of the table that the parser runs on. */
export const renderReference = (): string =>
  [
    '# Parameters of an image URL',
    'Written by `node scripts/image-parameters.ts` out of `packages/images/src/parameters`; what modes, formats and sources mean is in [Images](images.md).',
    parameterGroups.map((group) => `[${groupTitles[group]}](#${anchor(groupTitles[group])})`).join(' · '),
    [
      '- A name may be written `aspect-ratio`, `aspect_ratio` or `aspectRatio`. Of two values for one name the last counts; unknown names are ignored.',
      '- An empty value means "not set", but for `download`. Letters of either case are one in words like `Crop` and `True`.',
      '- Commas, colons and slashes in a value may be written as they are or percent-encoded; spaces as `%20` or `+`.',
      '- A colour is `r,g,b` or `r,g,b,a` (0 to 255, alpha too), one of the 148 names of CSS, or 3, 4, 6 or 8 hexadecimal digits without `#`.',
      '- A position is `left`, `center` or `right` with `top`, `middle` or `bottom`, in either order; of one word alone the other axis is the middle.',
      '- A value that is not taken answers 400 and says what is: `400: quality takes a whole number from 0 to 100`.',
    ].join('\n'),
    ...parameterGroups.flatMap((group) => [`## ${groupTitles[group]}`, table(group)]),
    '`signature` is none of these: it is the last parameter of a [signed URL](images.md#signed-urls).',
  ].join('\n\n') + '\n';
