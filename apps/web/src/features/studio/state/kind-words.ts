import type { PolicyKind } from '@windlass/policy';

/** What each kind of policy is called, and where it is attached. */
export const kindWords = {
  identity: { word: 'Identity policy', about: 'Attached to the user or role that makes the call.' },
  group: { word: 'Group policy', about: 'Attached to a group that the user is in.' },
  boundary: { word: 'Permissions boundary', about: 'The most that the user or role may ever do.' },
  session: {
    word: 'Session policy',
    about: 'Handed over with AssumeRole: cuts down what the session may do.',
  },
  bucket: { word: 'Bucket policy', about: 'Attached to the bucket.' },
  accessPoint: { word: 'Access point policy', about: 'Attached to an access point of the bucket.' },
  vpcEndpoint: { word: 'VPC endpoint policy', about: 'What may pass through the endpoint.' },
  scp: {
    word: 'Service control policy',
    about: 'What accounts of the organization may do. Each tab is a level.',
  },
  rcp: { word: 'Resource control policy', about: 'What may be done to resources of the organization.' },
  trust: { word: 'Trust policy', about: 'Who may assume the role. Checked, but no part of an S3 call.' },
} as const satisfies Record<PolicyKind, { word: string; about: string }>;
