import { type Command, Option } from 'commander';
import {
  groupTitles,
  parameterGroups,
  parameters,
  type ParameterGroup,
  type ParameterName,
} from '@windlass/images/parameters';

/** Markdown of the reference as plain text of a terminal. */
const plain = (markdown: string): string =>
  markdown.replaceAll('`', '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');

// The table is a constant: its keys are the names.
const entries = Object.entries(parameters) as [ParameterName, (typeof parameters)[ParameterName]][];

/** One flag a parameter of the image URL, made from the table that the server parses with. */
export const addParameterOptions = (
  command: Command,
  groups: readonly ParameterGroup[] = parameterGroups,
): void => {
  for (const group of groups)
    for (const [name, { group: own, control, does, takes }] of entries)
      if (own === group) {
        const value = control.kind === 'switch' ? '[BOOLEAN]' : '<VALUE>';
        command.addOption(
          new Option(`--${name} ${value}`, `${plain(does)} (${plain(takes)})`).helpGroup(
            `${groupTitles[group]}:`,
          ),
        );
      }
};

const attributeOf = (name: string): string =>
  name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** The parameters that were given, by their names in a URL, in the order of the table. A bare switch says true. */
export const givenParameters = (options: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    entries.flatMap(([name]) => {
      const value = options[attributeOf(name)];
      if (typeof value === 'string') return [[name, value]];
      return value === true ? [[name, 'true']] : [];
    }),
  );
