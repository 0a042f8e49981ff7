import type { EndpointGuard } from '../../platform/net/index.ts';
import type { BucketAddress, BucketProbe } from '../../platform/s3/index.ts';
import { broken, can, readRight, untried, type Findings } from './check-findings.ts';
import type { CheckSubject } from './check-subject.ts';
import { correctPlacement } from './correct-region.ts';
import { describeRegion } from './describe-ground.ts';
import { probeCors } from './probe-cors.ts';
import { probeRights } from './probe-rights.ts';
import type { ServerTraits } from './server-traits.ts';

interface BucketScope {
  /** A probe with the real credentials, of the bucket at an address. */
  open(address: BucketAddress): BucketProbe;
  guard: EndpointGuard;
  subject: CheckSubject;
  /** The credentials were made just now by the provider itself. */
  proven: boolean;
  traits: ServerTraits;
  signal: AbortSignal;
}
type Listed = Awaited<ReturnType<BucketProbe['list']>>;

/** Lists first, which tells region and credentials; then tries everything else with the region that is right. */
export const checkBucket = async (
  scope: BucketScope,
): Promise<{ findings: Findings; corrected: BucketAddress | null }> => {
  const { open } = scope;
  const { provider, address } = scope.subject;
  using first = open(address);
  const answer = await first.list(address.prefix);
  const named = answer.ok ? answer.found.region : answer.failure.region;
  const placement = correctPlacement(provider, address, named);
  const corrected = placement === null ? null : { ...address, ...placement };
  using second = corrected === null ? undefined : open(corrected);
  const probe = second ?? first;
  const listed = second === undefined ? answer : await second.list(address.prefix);
  const findings = await checkListed(probe, listed, {
    ...scope,
    subject: { ...scope.subject, address: corrected ?? address },
  });
  const region = describeRegion(listed, address.region, corrected, scope.traits);
  // A correction that did not lead to the bucket is not worth keeping.
  const kept = listed.ok || listed.failure.kind !== 'region' ? corrected : null;
  return { findings: { ...findings, region: findings.region ?? region }, corrected: kept };
};

const accepted = can({ cause: 'The credentials are known, and the signature is right.' });

/** What the first signed call says about everything behind it. */
const checkListed = async (probe: BucketProbe, listed: Listed, scope: BucketScope): Promise<Findings> => {
  if (listed.ok) return { ...(await tryEverything(probe, listed, scope)), credentials: accepted };
  switch (listed.failure.kind) {
    case 'credentials':
    case 'clock':
    case 'account':
      return { ...untried('the credentials are not accepted'), credentials: broken(listed) };
    case 'region':
      return { ...untried('the region is not right yet'), region: broken(listed) };
    case 'bucketMissing': {
      // That it is not there was said by the right region.
      const { region: _, ...rest } = untried('there is no such bucket');
      return { ...rest, credentials: accepted, list: broken(listed) };
    }
    case 'unreachable':
    case 'tls':
    case 'protocol':
    case 'timeout':
    case 'endpointRefused':
      return { ...untried('the bucket cannot be reached'), list: broken(listed) };
    case 'denied':
    case 'unsupported':
    case 'objectMissing':
    case 'busy':
    case 'condition':
    case 'encryption':
    case 'tooLarge':
    case 'other': {
      const rest = await tryEverything(probe, listed, scope);
      if (areProven(listed, rest, scope)) return { ...rest, credentials: accepted };
      return {
        ...untried('the credentials may be wrong'),
        credentials: broken(listed, {
          cause:
            'Everything was refused. This kind of server answers so to a wrong key, to a wrong secret and to missing rights.',
          next: 'Paste key and secret again; if they are right, grant them rights on this bucket.',
        }),
      };
    }
  }
};

const tryEverything = async (probe: BucketProbe, listed: Listed, scope: BucketScope): Promise<Findings> => {
  const { guard, subject, traits, signal } = scope;
  const [rights, cors] = await Promise.all([
    probeRights(probe, {
      prefix: subject.address.prefix,
      jobs: subject.jobs,
      traits,
      firstKey: listed.ok ? listed.found.firstKey : null,
    }),
    probeCors(probe, guard, subject, traits, signal),
  ]);
  return { list: readRight(listed), ...rights, ...cors };
};

/**
 * Whether a refusal proves that the signature was right. Where servers have a code for a wrong key they use it, so
 * "denied" means "known, and not allowed". Ceph with STS has not (and gives no words), but lets whoever is known list
 * their own buckets.
 */
const areProven = (
  listed: Listed & { ok: false },
  findings: Findings,
  { proven, subject, traits }: BucketScope,
): boolean => {
  const ambiguous = traits.hidesWrongKeys || (subject.provider !== 'aws' && listed.failure.message === null);
  // A preflight carries no signature.
  const { preflight: _unsigned, ...signed } = findings;
  return proven || !ambiguous || Object.values(signed).some(({ can: may }) => may === 'yes');
};
