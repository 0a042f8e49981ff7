import type { NamedPolicy, UserStanding } from './bucket-iam.ts';

/** Replaced, never changed in place: signing keys are remembered per object. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly active: boolean;
  /** ISO 8601; absent for keys from before times were kept. */
  readonly createdAt?: string | undefined;
}

/** Users and roles are alike in what policies are attached to them. */
export interface StoredPolicies {
  readonly policies: readonly NamedPolicy[];
  readonly boundary: string | null;
}

export interface StoredUser extends StoredPolicies {
  readonly userId: string;
  readonly name: string;
  readonly path: string;
  readonly standing: UserStanding;
  readonly createdAt: string | null;
  readonly keys: readonly AccessKey[];
}

export interface StoredRole extends StoredPolicies {
  readonly roleId: string;
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly trustPolicy: string;
  readonly maxSessionSeconds: number;
  readonly createdAt: string;
}

export interface StoredOidcProvider {
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly createdAt: string;
}

/** Everybody and everything that may be named in a policy: the content of `users.json`. Never changed in place. */
export interface IdentityRecords {
  readonly users: readonly StoredUser[];
  readonly roles: readonly StoredRole[];
  readonly providers: readonly StoredOidcProvider[];
  /** 32 bytes in base64: what session tokens are sealed with. */
  readonly sessionKey: string;
}
