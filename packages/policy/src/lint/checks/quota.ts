import type { PolicyKind } from '../../document/policy-document.ts';
import type { LintScope } from '../lint-scope.ts';

interface Quota {
  readonly limit: number;
  readonly unit: 'characters' | 'bytes';
  /** White space outside of texts counts. */
  readonly blanks: boolean;
  readonly name: string;
}

/**
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html ("IAM doesn't count white space"),
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html (20 KB). What counts where AWS does not say
 * is left out of the count, so that a finding is always right.
 */
const quotas: Readonly<Record<PolicyKind, Quota>> = {
  identity: {
    limit: 6144,
    unit: 'characters',
    blanks: false,
    name: 'a managed policy (inline: 2,048 for a user, 10,240 for a role)',
  },
  group: {
    limit: 6144,
    unit: 'characters',
    blanks: false,
    name: 'a managed policy (inline: 5,120 for a group)',
  },
  boundary: { limit: 6144, unit: 'characters', blanks: false, name: 'a managed policy' },
  session: { limit: 2048, unit: 'characters', blanks: true, name: 'a session policy' },
  bucket: { limit: 20_480, unit: 'bytes', blanks: false, name: 'a bucket policy' },
  accessPoint: { limit: 20_480, unit: 'bytes', blanks: false, name: 'the policy of an access point' },
  vpcEndpoint: { limit: 20_480, unit: 'characters', blanks: false, name: 'the policy of a VPC endpoint' },
  scp: { limit: 10_240, unit: 'characters', blanks: false, name: 'a service control policy' },
  rcp: { limit: 5120, unit: 'characters', blanks: false, name: 'a resource control policy' },
  trust: {
    limit: 4096,
    unit: 'characters',
    blanks: false,
    name: 'a trust policy (2,048 unless the account has more)',
  },
};

export const checkQuota = ({ text, options, policy, report, fix }: LintScope): void => {
  const { limit, unit, blanks, name } = quotas[options.kind];
  const document = text.slice(policy.root.start, policy.root.end);
  const compact = withoutBlanks(document);
  const counted = blanks ? document : compact;
  const length = unit === 'bytes' ? new TextEncoder().encode(counted).length : counted.length;
  if (length <= limit) return;
  const at = { start: policy.root.start, end: policy.root.start + 1 };
  report(
    'S3X006',
    at,
    '',
    `${length} ${unit} are more than the ${limit} that AWS takes for ${name}`,
    blanks && compact.length <= limit
      ? fix('Take out the white space', [{ start: policy.root.start, end: policy.root.end, text: compact }])
      : [],
  );
};

/** The text without blanks outside of quotes. */
const withoutBlanks = (text: string): string => {
  const parts: string[] = [];
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') {
      quoted = true;
    } else if (character <= ' ') {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return parts.join('') + text.slice(from);
};
