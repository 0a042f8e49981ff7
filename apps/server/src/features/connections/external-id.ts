import { randomBytes } from 'node:crypto';

/**
 * An external ID for one connection, for the trust policy of a role: it keeps us from being talked into using somebody
 * else's role (AWS IAM: the confused deputy problem). 128 random bits; not a secret.
 *
 * @example newExternalId() // 'windlass-9f86d081884c7d659a2feaa0c55ad015'
 */
export const newExternalId = (): string => `windlass-${randomBytes(16).toString('hex')}`;
