import { randomUUID } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import type { Clock } from '../../kernel/clock.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Vault, VaultContext } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import { isLoopback } from '../../platform/http/index.ts';
import { planKeys, type KeyPlan } from './key-plan.ts';
import { makeSigningKey, signingAlgorithm } from './signing-key.ts';
import {
  changeKeys,
  deleteKeys,
  insertKey,
  listKeys,
  replaceSealedKey,
  type IdentityKeyRow,
} from './store.ts';

/** A token is used at once: this is for clocks that differ. */
const tokenSeconds = 300;

/** Our own OIDC issuer: tokens that say which connection asks for a role, and the keys that prove it. */
export interface IdentityIssuer {
  /** The `iss` of every token: the public origin of this server. */
  issuer(): string;
  /** The `sub` of a connection's tokens. */
  subjectOf(connectionId: string): string;
  /**
   * Whether the STS of a bucket could fetch our keys: over https from everywhere, without only from this machine.
   *
   * @param endpoint of the STS
   */
  isKnownTo(endpoint: string): boolean;
  /** A token of five minutes, signed by RS256. */
  issue(claims: { subject: string; audience: string }): Promise<Secret>;
  /** RFC 7517: the public keys of every token that is still good, and of the next key to sign. */
  keySet(): Promise<{ keys: Record<string, unknown>[] }>;
  /** OpenID Connect Discovery 1.0, as far as a verifier of tokens needs it. */
  discovery(): Record<string, unknown>;
  /** For rotation of the keyring: wraps the private keys by its active key. */
  rewrapKeys(): Promise<number>;
}

const contextOf = (kid: string): VaultContext => ({ teamId: '', recordId: kid, field: 'privateKey' });

export const createIdentityIssuer = (deps: {
  db: Database;
  vault: Vault;
  clock: Clock;
  publicUrl: () => string;
}): IdentityIssuer => {
  const { db, vault, clock, publicUrl } = deps;

  const plan = async (from: Database): Promise<{ rows: IdentityKeyRow[]; plan: KeyPlan }> => {
    const rows = await listKeys(from);
    return { rows, plan: planKeys(rows, clock.now()) };
  };

  /** Makes and drops keys where it is time; whoever asks for keys keeps them in order. */
  const currentKeys = async (): Promise<{ rows: IdentityKeyRow[]; plan: KeyPlan }> => {
    const found = await plan(db);
    if (found.plan.make === null && found.plan.drop.length === 0) return found;
    // Outside the transaction: making one takes a tenth of a second.
    const made = found.plan.make === null ? null : await makeSigningKey();
    await changeKeys(db, async (transaction) => {
      const { make, drop } = (await plan(transaction)).plan;
      if (make !== null && made !== null) {
        await insertKey(transaction, {
          kid: made.kid,
          publicJwk: made.publicJwk,
          privateSealed: vault.seal(made.privatePem, contextOf(made.kid)),
          usableFrom: make.usableFrom,
          createdAt: clock.now(),
        });
      }
      await deleteKeys(transaction, drop);
    });
    return plan(db);
  };

  return {
    issuer: publicUrl,
    subjectOf: (connectionId) => `connection:${connectionId}`,
    isKnownTo: (endpoint) =>
      publicUrl().startsWith('https:') || isLoopback(new URL(endpoint).hostname.replace(/^\[|\]$/g, '')),
    issue: async (claims) => {
      const { rows, plan: now } = await currentKeys();
      const row = rows.find(({ kid }) => kid === now.signing);
      if (row === undefined) throw new Error('the issuer has no key to sign with');
      const key = await importPKCS8(
        vault.open(row.privateSealed, contextOf(row.kid)).reveal(),
        signingAlgorithm,
      );
      const seconds = Math.floor(clock.now().getTime() / 1000);
      const token = await new SignJWT()
        .setProtectedHeader({ alg: signingAlgorithm, kid: row.kid, typ: 'JWT' })
        .setIssuer(publicUrl())
        .setSubject(claims.subject)
        .setAudience(claims.audience)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + tokenSeconds)
        .setJti(randomUUID())
        .sign(key);
      return new Secret(token);
    },
    keySet: async () => {
      const { rows, plan: now } = await currentKeys();
      return {
        keys: rows.filter(({ kid }) => now.published.includes(kid)).map(({ publicJwk }) => publicJwk),
      };
    },
    discovery: () => ({
      issuer: publicUrl(),
      jwks_uri: `${publicUrl()}/.well-known/jwks.json`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [signingAlgorithm],
      claims_supported: ['aud', 'exp', 'iat', 'iss', 'jti', 'sub'],
      scopes_supported: ['openid'],
    }),
    rewrapKeys: async () => {
      let count = 0;
      for (const { kid, privateSealed } of await listKeys(db)) {
        const after = vault.rewrap(privateSealed, contextOf(kid));
        if (after === privateSealed) continue;
        await replaceSealedKey(db, kid, privateSealed, after);
        count += 1;
      }
      return count;
    },
  };
};
