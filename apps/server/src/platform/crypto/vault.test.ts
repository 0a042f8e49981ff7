import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { createKeyring, KeyringError, parseKeyring } from './keyring.ts';
import { createVault, kidOf, VaultError } from './vault.ts';

const key = (kid: string) => ({ kid, key: randomBytes(32) });
const first = key('k1');
const second = key('k2');
const vault = createVault(createKeyring([first]));
const context = { teamId: 'team_1', recordId: 'con_1', field: 'credentials' };

describe('vault', () => {
  it('gives back what it sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        // A lone surrogate has no UTF-8.
        const plain = text.toWellFormed();
        expect(vault.open(vault.seal(new Secret(plain), context), context).reveal()).toBe(plain);
      }),
    );
  });

  it('never seals to the same text twice, and shows nothing of it', () => {
    const sealed = [1, 2].map(() => vault.seal(new Secret('wJalrXUtnFEMI'), context));
    expect(sealed[0]).not.toBe(sealed[1]);
    expect(sealed.join()).not.toContain('wJal');
    expect(Buffer.from(sealed[0]?.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('wJal');
  });

  it('refuses whenever one bit is other', () => {
    const sealed = vault.seal(new Secret('a secret of some length'), context);
    const [version, kid, ...parts] = sealed.split('.');
    const bytes = parts.map((part) => Buffer.from(part, 'base64url'));
    for (const [which, part] of bytes.entries()) {
      for (let bit = 0; bit < part.length * 8; bit += 1) {
        const flipped = bytes.map((one) => Buffer.from(one));
        const target = flipped[which]!;
        target[bit >> 3]! ^= 1 << (bit & 7);
        const forged = [version, kid, ...flipped.map((one) => one.toString('base64url'))].join('.');
        expect(() => vault.open(forged, context)).toThrow(VaultError);
      }
    }
  });

  it('refuses whenever one character is other', () => {
    const sealed = vault.seal(new Secret('secret'), context);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom(...'.=+/-_aZ09 \n'), (at, character) => {
        fc.pre(sealed[at] !== character);
        const forged = sealed.slice(0, at) + character + sealed.slice(at + 1);
        expect(() => vault.open(forged, context)).toThrow(VaultError);
      }),
    );
  });

  it.each([
    ['team', { ...context, teamId: 'team_2' }],
    ['record', { ...context, recordId: 'con_2' }],
    ['field', { ...context, field: 'signingKeys' }],
  ])('does not open for another %s', (_, other) => {
    const sealed = vault.seal(new Secret('secret'), context);
    expect(() => vault.open(sealed, other)).toThrow(VaultError);
    expect(() => createVault(createKeyring([second, first])).rewrap(sealed, other)).toThrow(VaultError);
  });

  it('keeps contexts apart that read alike when put together', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 6, maxLength: 6 }), (words) => {
        const [a = '', b = '', c = '', d = '', e = '', f = ''] = words;
        fc.pre(a !== d || b !== e || c !== f);
        const sealed = vault.seal(new Secret('x'), { teamId: a, recordId: b, field: c });
        expect(() => vault.open(sealed, { teamId: d, recordId: e, field: f })).toThrow(VaultError);
      }),
    );
  });

  it('refuses a shortened tag', () => {
    const parts = vault.seal(new Secret('secret'), context).split('.');
    const payload = Buffer.from(parts[3]!, 'base64url');
    const wrapped = Buffer.from(parts[2]!, 'base64url');
    for (let cut = 1; cut <= 15; cut += 1) {
      const shortPayload = [...parts.slice(0, 3), payload.subarray(0, -cut).toString('base64url')].join('.');
      const shortWrap = [parts[0], parts[1], wrapped.subarray(0, -cut).toString('base64url'), parts[3]].join(
        '.',
      );
      expect(() => vault.open(shortPayload, context)).toThrow(VaultError);
      expect(() => vault.open(shortWrap, context)).toThrow(VaultError);
    }
  });

  it('rotates the key that wraps and leaves the payload alone', () => {
    const sealed = vault.seal(new Secret('secret'), context);
    const both = createVault(createKeyring([second, first]));
    const rotated = both.rewrap(sealed, context);
    expect(kidOf(rotated)).toBe('k2');
    expect(rotated.split('.')[3]).toBe(sealed.split('.')[3]);
    expect(both.rewrap(rotated, context)).toBe(rotated);
    const after = createVault(createKeyring([second]));
    expect(after.open(rotated, context).reveal()).toBe('secret');
    expect(() => after.open(sealed, context)).toThrow(VaultError);
  });

  it('does not open with another key of the same name', () => {
    const sealed = vault.seal(new Secret('secret'), context);
    expect(() => createVault(createKeyring([key('k1')])).open(sealed, context)).toThrow(VaultError);
  });

  it('stays below 260 characters for a secret of 40', () => {
    expect(vault.seal(new Secret('x'.repeat(40)), context).length).toBeLessThan(260);
  });
});

describe('parseKeyring', () => {
  const base64 = randomBytes(32).toString('base64');
  it('takes the first key as the active one', () => {
    const keyring = parseKeyring(new Secret(`new:${base64}, old:${randomBytes(32).toString('base64')}\n`));
    expect([keyring.activeKid, keyring.has('old'), keyring.has('other')]).toEqual(['new', true, false]);
  });

  it.each([
    '',
    'k1',
    `k1:${base64.slice(4)}`,
    `k1:${base64}xx`,
    `k 1:${base64}`,
    `a:${base64},a:${base64}`,
    base64,
  ])('refuses a keyring that is not right, and does not repeat it', (text) => {
    let complaint: unknown;
    try {
      parseKeyring(new Secret(text));
    } catch (error) {
      complaint = error;
    }
    expect(complaint).toBeInstanceOf(KeyringError);
    expect(String(complaint)).not.toContain(base64.slice(4, 20));
  });
});
