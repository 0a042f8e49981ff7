import { inspect } from 'node:util';
import { connectionId, userId } from '@windlass/contract';
import { describe, expect, test } from 'vitest';
import { AppError } from './app-error.ts';
import { newId } from './new-id.ts';
import { Secret } from './secret.ts';

describe('Secret', () => {
  const secret = new Secret('planted');

  test('hides its text in every way of printing', () => {
    // oxlint-disable-next-line typescript/restrict-template-expressions -- a template is one of the ways
    const printed = [String(secret), JSON.stringify({ secret }), inspect({ secret }), `${secret}`];
    for (const text of printed) {
      expect(text).toContain('[secret]');
      expect(text).not.toContain('planted');
    }
  });

  test('gives its text only when asked', () => {
    expect(secret.reveal()).toBe('planted');
  });
});

describe('newId', () => {
  test('makes ids that their schema takes, and no other', () => {
    const id = newId('con');
    expect(connectionId.parse(id)).toBe(id);
    expect(userId.safeParse(id).success).toBe(false);
  });

  test('sorts by age', async () => {
    const older = newId('usr');
    await new Promise((resolve) => setTimeout(resolve, 3));
    expect(newId('usr') > older).toBe(true);
  });
});

test('AppError takes its status from the catalogue', () => {
  expect(new AppError('nameTaken', 'It is taken.').status).toBe(409);
});
