import { parameters } from '../parameters/parameters.ts';

/** The table of docs/guide/images.md, made from the data that the parser runs on. */
export const parameterTable = (): string =>
  [
    '| parameter | takes | when not set | what it does |',
    '|---|---|---|---|',
    ...Object.entries(parameters).map(
      ([name, { takes, unset, does }]) => `| \`${name}\` | ${takes} | ${unset} | ${does} |`,
    ),
  ].join('\n');
