import type { CheckReport, CheckRow } from '@windlass/contract';
import { expect, it } from 'vitest';
import { formatCheck } from './format-check.ts';

const connection = { name: 'photos', bucket: 'media', prefix: 'in/', jobs: ['ingest' as const] };
const row = (changes: Partial<CheckRow>): CheckRow => ({
  id: 'put',
  group: 'rights',
  state: 'ok',
  can: 'yes',
  needs: 'yes',
  cause: 'These credentials can write.',
  next: '',
  action: 's3:PutObject',
  statement: null,
  details: null,
  durationMilliseconds: 3,
  ...changes,
});
const report = (rows: CheckRow[], changes: Partial<CheckReport> = {}): CheckReport => ({
  checkedAt: '2026-11-27T10:00:00.000Z',
  trigger: 'person',
  state: 'degraded',
  rows,
  correctedRegion: null,
  fullAccess: false,
  ...changes,
});

it('prints a line a row, and what to add whole below it', () => {
  const text = formatCheck(
    connection,
    report([
      row({ id: 'reach', group: 'ground', cause: 'The endpoint answers.' }),
      row({
        state: 'missing',
        can: 'no',
        cause: 'Refused.',
        next: 'Add it.',
        statement: { change: 'add', json: '{\n  "Effect": "Allow"\n}' },
      }),
    ]),
    { colours: false },
  );
  expect(text).toBe(`photos: media/in/ for ingest

before any right
ok       reach            The endpoint answers.

rights below the prefix
missing  put              Refused.
                          Add it.
                          add:
                          {
                            "Effect": "Allow"
                          }

degraded: 1 missing, 1 ok.
`);
});

it('lets nothing that a provider said steer the terminal', () => {
  const cause = 'x\u001b[2J\u202ey\n\u009b31m';
  const text = formatCheck(connection, report([row({ cause, next: cause })]), { colours: false });
  for (const control of ['\u001b', '\u009b', '\u202e']) expect(text).not.toContain(control);
  expect(text.split('\n').filter((line) => line.includes('x\\u001b'))).toHaveLength(2);
});

it('warns of full access, in colour where there is colour', () => {
  const text = formatCheck(connection, report([row({})], { fullAccess: true }), { colours: true });
  expect(text).toContain('\u001b[33mThese credentials can do everything');
});
