import type { EndpointGuard } from '../../platform/net/index.ts';
import { createBucketProbe, probeEndpoint, type BucketAddress } from '../../platform/s3/index.ts';
import { broken, can, notKnown, untried, type Finding, type Findings } from './check-findings.ts';
import { judge, type Verdict } from './check-rows.ts';
import type { CheckCredentials, CheckSubject } from './check-subject.ts';
import { checkBucket } from './check-bucket.ts';
import { describeClock, signingOffset } from './describe-ground.ts';
import { rowsFor } from './needs.ts';
import { probeTrust } from './probe-trust.ts';
import { traitsOf } from './server-traits.ts';

/** However slow the other side is, somebody waits for this. */
export const checkTimeoutMilliseconds = 15_000;

export interface CheckResult extends Verdict {
  /** The address with the region that the provider named, where that is another than was given. */
  corrected: BucketAddress | null;
}

/**
 * CAN against NEEDS: reaches the endpoint, proves the credentials and whom the role trusts, finds the region, and tries
 * each right with the one key `<prefix>.windlass-probe`. Ends within 15 s, leaves nothing in the bucket and changes
 * nothing here.
 */
export const runCheck = async (guard: EndpointGuard, subject: CheckSubject): Promise<CheckResult> => {
  const signal = AbortSignal.timeout(checkTimeoutMilliseconds);
  const reached = await probeEndpoint(guard, subject.address.endpoint, signal);
  const traits = traitsOf(subject.provider, reached.ok ? reached.found.server : null);
  const conclude = (findings: Findings, corrected: BucketAddress | null = null): CheckResult => {
    const { jobs } = subject;
    const { prefix } = subject.address;
    const ids = rowsFor({
      jobs,
      prefix,
      role: subject.credentials !== null && subject.credentials.kind !== 'accessKey',
      external: subject.credentials !== null && subject.credentials.proveTrust !== null,
    });
    return { ...judge(findings, { ids, jobs, address: corrected ?? subject.address, traits }), corrected };
  };

  if (!reached.ok) return conclude({ ...untried('the endpoint cannot be reached'), reach: broken(reached) });
  const reach = describeClock(reached);
  if (subject.credentials === null) {
    const credentials: Finding = {
      ...notKnown('No credentials have been entered.', {
        next: 'Enter an access key, or the ARN of a role.',
      }),
      broken: true,
    };
    return conclude({ ...untried('there are no credentials yet'), reach, credentials });
  }
  const clockOffsetMilliseconds = signingOffset(reached.found);
  const at = { address: subject.address, clockOffsetMilliseconds, signal };
  const [opened, trust] = await Promise.all([
    subject.credentials.open(at),
    probeTrust(subject.credentials, at),
  ]);
  if (!opened.ok) {
    const findings = describeClosed(subject.credentials, broken(opened));
    return conclude({ ...untried('there are no credentials to sign with'), reach, ...trust, ...findings });
  }
  const credentials = opened.found;
  const found = await checkBucket({
    open: (address) => createBucketProbe({ guard, address, credentials, clockOffsetMilliseconds, signal }),
    guard,
    subject,
    proven: subject.credentials.kind !== 'accessKey',
    traits,
    signal,
  });
  return conclude({ ...found.findings, ...trustOf(subject.credentials), ...trust, reach }, found.corrected);
};

/** A role that let us in trusts us. */
const trustOf = ({ kind }: CheckCredentials): Findings =>
  kind === 'accessKey' ? {} : { trust: can({ cause: 'The role can be assumed.' }) };

/** Where a role lets nobody in, its trust is to blame; a key of its own would have been refused by S3. */
const describeClosed = ({ kind }: CheckCredentials, failure: Finding): Findings =>
  kind === 'accessKey'
    ? { credentials: failure }
    : { trust: failure, credentials: notKnown('Not tried: the role could not be assumed.') };
