import { randomBytes } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMovingClock, type MovingClock } from '../../../../../tests/support/moving-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../../../../tests/support/test-database.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createVault } from '../../platform/crypto/vault.ts';
import { createIdentityIssuer, type IdentityIssuer } from './issuer.ts';

let database: TestDatabase;
let clock: MovingClock;
let issuer: IdentityIssuer;
const keyBytes = randomBytes(32);
const vault = createVault(createKeyring([{ kid: 'k1', key: keyBytes }]));
const issuerWith = (other = vault, publicUrl = 'https://windlass.example.com'): IdentityIssuer =>
  createIdentityIssuer({ db: database.db, vault: other, clock, publicUrl: () => publicUrl });

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.db.deleteFrom('identityKeys').execute();
  clock = createMovingClock();
  issuer = issuerWith();
});

const claims = { subject: 'connection:con_1', audience: 'sts.amazonaws.com' };
const verify = async (token: string) =>
  // What was signed is checked by the key set as it stands on the wire.
  jwtVerify(token, createLocalJWKSet(JSON.parse(JSON.stringify(await issuer.keySet()))), {
    issuer: 'https://windlass.example.com',
    audience: claims.audience,
    currentDate: clock.now(),
  });

describe('the issuer', () => {
  it('signs tokens of five minutes that the published keys prove', async () => {
    const { payload, protectedHeader } = await verify((await issuer.issue(claims)).reveal());
    expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    expect(payload).toMatchObject({ sub: claims.subject, aud: claims.audience, jti: expect.any(String) });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    const other = decodeJwt((await issuer.issue(claims)).reveal());
    expect(other.jti).not.toBe(payload.jti);
  });

  it('says in its discovery document where the keys are', async () => {
    expect(issuer.discovery()).toMatchObject({
      issuer: 'https://windlass.example.com',
      jwks_uri: 'https://windlass.example.com/.well-known/jwks.json',
      id_token_signing_alg_values_supported: ['RS256'],
    });
  });

  it('publishes nothing of a private key, and stores none in the clear', async () => {
    await issuer.issue(claims);
    const published = await issuer.keySet();
    expect(Object.keys(published.keys[0] ?? {}).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    const rows = await database.db.selectFrom('identityKeys').selectAll().execute();
    expect(rows[0]?.privateSealed).toMatch(/^v1\.k1\./);
    expect(JSON.stringify(rows)).not.toContain('PRIVATE KEY');
  });

  it('has one first key, however many processes ask at once', async () => {
    const tokens = await Promise.all(Array.from({ length: 4 }, () => issuerWith().issue(claims)));
    expect((await issuer.keySet()).keys).toHaveLength(1);
    for (const token of tokens) await expect(verify(token.reveal())).resolves.toBeDefined();
  });

  it('changes its key every three months, and a verifier that knew the keys two days ago never fails', async () => {
    const kids = new Set<string | undefined>();
    let known = createLocalJWKSet(JSON.parse(JSON.stringify(await issuer.keySet())));
    for (let day = 0; day < 200; day += 1) {
      if (day % 2 === 0) known = createLocalJWKSet(JSON.parse(JSON.stringify(await issuer.keySet())));
      clock.forward({ days: 1 });
      const token = (await issuer.issue(claims)).reveal();
      const { protectedHeader } = await jwtVerify(token, known, { currentDate: clock.now() });
      kids.add(protectedHeader.kid);
    }
    expect(kids.size).toBe(3);
    expect((await issuer.keySet()).keys.length).toBeLessThanOrEqual(2);
  });

  it('wraps its keys by the active key of the keyring, and goes on signing', async () => {
    await issuer.issue(claims);
    const next = createVault(
      createKeyring([
        { kid: 'k2', key: randomBytes(32) },
        { kid: 'k1', key: keyBytes },
      ]),
    );
    expect(await issuerWith(next).rewrapKeys()).toBe(1);
    expect(await issuerWith(next).rewrapKeys()).toBe(0);
    await expect(verify((await issuerWith(next).issue(claims)).reveal())).resolves.toBeDefined();
    await expect(issuer.issue(claims)).rejects.toThrow('cannot be opened');
  });

  it.each([
    ['https://windlass.example.com', 'https://sts.eu-west-1.amazonaws.com', true],
    ['http://windlass.lan', 'https://sts.eu-west-1.amazonaws.com', false],
    ['http://localhost:7400', 'http://127.0.0.1:7402', true],
    ['http://localhost:7400', 'http://[::1]:7402', true],
    ['http://localhost:7400', 'http://10.0.0.1:9000', false],
  ])('at %s is known to %s: %s', (publicUrl, endpoint, expected) => {
    expect(issuerWith(vault, publicUrl).isKnownTo(endpoint)).toBe(expected);
  });
});
