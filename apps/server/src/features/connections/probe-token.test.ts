import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newId } from '../../kernel/new-id.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createVault } from '../../platform/crypto/vault.ts';
import { openProbeToken, sealProbeToken, type ProbeToken } from './probe-token.ts';

const vault = createVault(createKeyring([{ kid: 'k1', key: randomBytes(32) }]));
const connectionId = newId('con');
const person = { kind: 'user', userId: newId('usr'), sessionId: newId('ses') } as const;
const holder = { teamId: newId('team'), connectionId, actor: person };
const now = new Date('2026-11-27T10:00:00Z');
const token: ProbeToken = {
  connectionId,
  revision: 3,
  key: 'in/.windlass-probe',
  uploadId: 'u'.repeat(600),
  expiresAt: now.getTime() + 120_000,
};
const sealed = sealProbeToken(vault, holder, token);
const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'ok';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a probe token', () => {
  it('opens for whoever got it, and fits the contract', () => {
    expect(openProbeToken(vault, holder, sealed, now)).toEqual(token);
    expect(sealed.length).toBeLessThan(4096);
  });

  it.each([
    ['another person', { ...holder, actor: { ...person, userId: newId('usr') } }],
    ['another team', { ...holder, teamId: newId('team') }],
    ['another connection', { ...holder, connectionId: newId('con') }],
  ])('is of no use to %s', (_, other) => {
    expect(codeOf(() => openProbeToken(vault, other, sealed, now))).toBe('invalidRequest');
  });

  it('runs out, and is refused when it is nonsense', () => {
    const later = new Date(token.expiresAt + 1);
    expect(codeOf(() => openProbeToken(vault, holder, sealed, later))).toBe('invalidRequest');
    expect(codeOf(() => openProbeToken(vault, holder, 'nonsense', now))).toBe('invalidRequest');
  });
});
