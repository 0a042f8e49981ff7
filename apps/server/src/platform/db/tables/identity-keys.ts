import type { ColumnType } from 'kysely';

interface IdentityKeysTable {
  /** RFC 7638 thumbprint of the public key. */
  kid: string;
  /** RFC 7517; without any private member. */
  publicJwk: ColumnType<Record<string, unknown>, string, never>;
  /** PKCS 8 PEM in an envelope of platform/crypto/vault.ts; field `privateKey`. */
  privateSealed: string;
  usableFrom: Date;
  createdAt: Date;
}

/** The table of 0009-identity-keys.ts, as the code names it. */
export interface IdentityTables {
  identityKeys: IdentityKeysTable;
}
