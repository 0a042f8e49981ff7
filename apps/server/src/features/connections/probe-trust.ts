import type { ProbeOutcome } from '../../platform/s3/index.ts';
import { can, cannot, factsOf, notKnown, type Finding, type Findings } from './check-findings.ts';
import type { CheckCredentials, TrustProof } from './check-subject.ts';

type At = Parameters<NonNullable<CheckCredentials['proveTrust']>>[0];

/**
 * Whether the role refuses whoever does not know our external ID. One that does not can be used through us by anybody
 * who knows its ARN, and is not to be saved.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export const probeTrust = async (credentials: CheckCredentials, at: At): Promise<Findings> => {
  if (credentials.proveTrust === null) return {};
  const { wrongExternalId, noExternalId, ...rest } = await credentials.proveTrust(at);
  return {
    wrongExternalId: mustFail(wrongExternalId, 'with a wrong external ID', rest),
    noExternalId: mustFail(noExternalId, 'without an external ID', rest),
  };
};

const mustFail = (
  outcome: ProbeOutcome<null>,
  how: string,
  { mustTell, trustPolicy }: Pick<TrustProof, 'mustTell' | 'trustPolicy'>,
): Finding => {
  if (outcome.ok && !mustTell)
    return can({
      ...factsOf(outcome),
      needs: 'optional',
      cause: `The role can be assumed ${how}, by this connection's own key only: nobody else here has it.`,
    });
  if (outcome.ok)
    return can({
      ...factsOf(outcome),
      broken: true,
      cause: `The role can be assumed ${how}: whoever knows its ARN could use it through us.`,
      next:
        trustPolicy === null
          ? 'Add the condition StringEquals sts:ExternalId with this connection’s external ID to the trust policy.'
          : 'Put the trust policy below in the place of the role’s own.',
      ...(trustPolicy === null ? {} : { statement: { change: 'add', json: trustPolicy } }),
    });
  if (outcome.failure.kind === 'denied')
    return cannot({
      durationMilliseconds: outcome.durationMilliseconds,
      cause: `The role cannot be assumed ${how}, as it should be.`,
    });
  return notKnown(outcome.failure.cause, { ...factsOf(outcome), next: outcome.failure.next });
};

/** A role whose trust is wrong may not be saved, whatever else it can. */
export const trustIsBroken = (rows: readonly { id: string; state: string }[]): boolean =>
  rows.some(({ id, state }) => (id === 'wrongExternalId' || id === 'noExternalId') && state === 'failed');
