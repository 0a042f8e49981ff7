import { Option } from 'commander';

/** For options that may stand several times. */
export const repeatable = (value: string, before: readonly string[] | undefined): string[] => [
  ...(before ?? []),
  value,
];

/** An option that may stand several times or not at all. */
export const list = (flags: string, help: string): Option =>
  new Option(flags, help).argParser(repeatable).default([], 'none');

export const kind = (): Option =>
  new Option(
    '--kind <KIND>',
    'identity, group, boundary, session, bucket, access-point, vpc-endpoint, scp, rcp or trust; guessed when absent',
  );

export const format = (choices: readonly string[]): Option =>
  new Option('--format <FORMAT>', 'how to print it').choices([...choices]).default('text');
