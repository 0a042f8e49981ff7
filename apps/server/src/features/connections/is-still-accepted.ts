import type { Checks } from './checks.ts';
import type { CredentialResolver } from './credential-resolver.ts';
import type { StoredCredentials } from './credentials.ts';
import type { ConnectionRow } from './store.ts';

export type Acceptance = 'accepted' | 'refused' | 'unknown';

const timeoutMilliseconds = 15_000;

/** Whether the provider still takes a key that is to be forgotten; what the key may do does not matter. */
export const isStillAccepted = async (
  { checks, resolver }: { checks: Checks; resolver: CredentialResolver },
  row: ConnectionRow,
  first: StoredCredentials,
): Promise<Acceptance> => {
  if (first.kind === 'accessKey') {
    const { rows } = await checks.tryCredentials(row, first);
    const found = rows.find(({ id }) => id === 'credentials')?.can ?? 'unknown';
    return ({ yes: 'accepted', no: 'refused', unknown: 'unknown' } as const)[found];
  }
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  const { ok, failure } = await resolver.tryTrust(row, first, 'right', { signal });
  if (ok) return 'accepted';
  if (failure.kind === 'credentials') return 'refused';
  if (failure.kind !== 'denied') return 'unknown';
  // STS tells a key that it does not know from one that may not; Ceph, which gives no words, does not.
  return failure.message === null ? 'refused' : 'accepted';
};
