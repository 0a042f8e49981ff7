import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPasswords, passwordCost } from './password.ts';

/** Of nine. */
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[4] ?? 0;

const cheap = { memoryKibibytes: 8, passes: 1, parallelism: 1 };

describe('passwords', () => {
  test('are hashed with the cost that OWASP asks for, as a PHC string', async () => {
    const passwords = createPasswords();
    const stored = await passwords.hash('correct horse battery');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(passwordCost).toEqual({ memoryKibibytes: 19456, passes: 2, parallelism: 1 });
    expect(await passwords.verify(stored, 'correct horse battery')).toEqual({ matches: true, stale: false });
    expect(await passwords.verify(stored, 'correct horse batterx')).toEqual({ matches: false, stale: false });
  });

  test("verify the reference implementation's own vector", async () => {
    const vector = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect((await createPasswords().verify(vector, 'password')).matches).toBe(true);
  });

  test('verify against a hash made with another cost, and call it stale', async () => {
    const elsewhere = createPasswords({ cost: { memoryKibibytes: 64, passes: 1, parallelism: 2 } });
    const stored = await elsewhere.hash('windlass');
    expect(await createPasswords({ cost: cheap }).verify(stored, 'windlass')).toEqual({
      matches: true,
      stale: true,
    });
  });

  test('match themselves and nothing else, whatever the characters', async () => {
    const passwords = createPasswords({ cost: cheap });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (one, other) => {
        const stored = await passwords.hash(one);
        expect((await passwords.verify(stored, one)).matches).toBe(true);
        expect((await passwords.verify(stored, other)).matches).toBe(
          one.normalize('NFKC') === other.normalize('NFKC'),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('are the same typed with composed or decomposed characters', async () => {
    const passwords = createPasswords({ cost: cheap });
    const stored = await passwords.hash('Zürich 1234'.normalize('NFC'));
    expect((await passwords.verify(stored, 'Zürich 1234'.normalize('NFD'))).matches).toBe(true);
  });

  test('never match where there is no hash, and cost as much as where there is one', async () => {
    const passwords = createPasswords();
    const stored = await passwords.hash('a password of mine');
    const time = async (hash: string | null): Promise<number> => {
      const start = performance.now();
      expect((await passwords.verify(hash, 'a wrong password')).matches).toBe(false);
      return performance.now() - start;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      known.push(await time(stored));
      unknown.push(await time(null));
    }
    expect(median(unknown)).toBeGreaterThan(median(known) / 2);
    expect(median(unknown)).toBeLessThan(median(known) * 2);
  });

  test('refuse a stored text that is no PHC string', async () => {
    await expect(createPasswords({ cost: cheap }).verify('plain text', 'plain text')).rejects.toThrow(/PHC/);
  });

  test('wait in a bounded queue; a flood is answered with 503', async () => {
    const passwords = createPasswords({ cost: cheap, concurrency: 1, queueLimit: 2 });
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => passwords.hash('flood flood')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const refused of outcomes.filter((outcome) => outcome.status === 'rejected')) {
      expect(refused.reason).toMatchObject({ code: 'unavailable' });
    }
    // Whoever failed or finished gave the turn back.
    await expect(passwords.hash('after the flood')).resolves.toMatch(/^\$argon2id/);
  });
});
