import { z } from 'zod';
import { timestamp } from './lists.ts';

/** How a connection proves who it is: a key pair, a role assumed with an external ID, or a role assumed with our own OIDC token. */
export const credentialKinds = ['accessKey', 'role', 'webIdentity'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

export const accessKeyId = z
  .string()
  .trim()
  .min(1)
  .max(128)
  .regex(/^[\x21-\x7e]+$/, 'has characters that no access key has');
export const secretAccessKey = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .regex(/^[\x21-\x7e]+$/, 'has characters that no secret has');

export const accessKeyCredentials = z.object({
  accessKeyId,
  secretAccessKey,
  sessionToken: z
    .string()
    .trim()
    .min(1)
    .max(4096)
    .regex(/^[\x21-\x7e]+$/, 'has characters that no session token has')
    .optional(),
});

/** ARN of a role, as AWS and Ceph write it; Ceph's account is a tenant and may be empty. */
export const roleArn = z
  .string()
  .trim()
  .max(512)
  .regex(
    /^arn:aws[a-z-]*:iam::[\w-]*:role\/[\w+=,.@/-]{1,200}$/,
    'is not the ARN of a role, e.g. arn:aws:iam::111122223333:role/windlass',
  );

export const roleCredentials = z.object({
  kind: z.literal('role'),
  roleArn,
  /** The key that assumes the role; absent: this server's own identity. */
  base: accessKeyCredentials.optional(),
});

export const webIdentityCredentials = z.object({ kind: z.literal('webIdentity'), roleArn });

/** Credentials as they are given. A body without `kind` is a key pair. */
export const credentialsInput = z.discriminatedUnion(
  'kind',
  [
    roleCredentials,
    webIdentityCredentials,
    // Optional within its default: that makes the lack of a kind one of the kinds, so that errors name the field.
    accessKeyCredentials.extend({ kind: z.literal('accessKey').optional().default('accessKey') }),
  ],
  { error: 'is role, webIdentity or accessKey' },
);
export type CredentialsInput = z.infer<typeof credentialsInput>;

/**
 * Where a change of keys stands. `candidate`: a second key was given and works; the first is still in use.
 * `promoted`: the second is in use, the first is kept until it is retired, so that one can go back.
 */
export const rotationPhases = ['candidate', 'promoted'] as const;
export type RotationPhase = (typeof rotationPhases)[number];

/** What may be told of credentials: last four of the key id, the role, age, who set them. */
export const credentialFacts = z.object({
  kind: z.enum(credentialKinds),
  /** Null where no key of the customer's is involved. */
  accessKeyIdHint: z.string().nullable(),
  roleArn: z.string().nullable(),
  setAt: timestamp,
  setBy: z.string(),
  temporary: z.boolean(),
  rotation: z
    .object({
      phase: z.enum(rotationPhases),
      /** The other key: the new one before it is promoted, the old one after. */
      accessKeyIdHint: z.string(),
      since: timestamp,
    })
    .nullable(),
});
export type CredentialFacts = z.infer<typeof credentialFacts>;
