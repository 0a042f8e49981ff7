import type { ProviderNote } from '../generated.ts';

export const limit = (title: string, lines: readonly string[]): ProviderNote => ({
  kind: 'limit',
  title,
  lines,
});
export const steps = (title: string, lines: readonly string[]): ProviderNote => ({
  kind: 'steps',
  title,
  lines,
});
