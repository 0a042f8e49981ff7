import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parameterTable } from './parameter-table.ts';

it('is what the guide shows', () => {
  const guide = readFileSync(new URL('../../../../docs/guide/images.md', import.meta.url), 'utf8');
  expect(guide).toContain(parameterTable());
});
