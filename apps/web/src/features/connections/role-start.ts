import type { Connection } from '@windlass/contract';
import { partitionOf } from '@windlass/policy/generate';
import type { CredentialValues } from './credential-values.ts';
import { identityNameOf, type SetupChoice, type SetupFacts } from './setup-input.ts';

interface Known {
  facts: Pick<SetupFacts, 'platformPrincipal'> | undefined;
  /** What was typed where the rights were set up. */
  choice: Pick<SetupChoice, 'accountId' | 'assumedBy'>;
}

/**
 * What the fields of a role begin with: the role in use, else the one that the documents were made for as far as its
 * account is known; and this server's own identity where it has one and nobody else was named to assume the role.
 */
export const roleStart = (
  { name, region, credentials }: Pick<Connection, 'name' | 'region' | 'credentials'>,
  { facts, choice }: Known,
): Pick<CredentialValues, 'roleArn' | 'ownIdentity'> => {
  const accountId = choice.accountId.trim();
  const assumedBy = choice.assumedBy.trim();
  const principal = facts?.platformPrincipal ?? null;
  const byKey = credentials?.kind === 'role' && credentials.accessKeyIdHint !== null;
  const made = /^\d{12}$/.test(accountId)
    ? `arn:${partitionOf(region)}:iam::${accountId}:role/${identityNameOf({ name })}`
    : '';
  return {
    roleArn: credentials?.roleArn ?? made,
    ownIdentity: principal !== null && (assumedBy === '' ? !byKey : assumedBy === principal),
  };
};
