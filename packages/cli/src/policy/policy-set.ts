import type { PolicyDocument, PolicyKind, PolicySet } from '@windlass/policy';
import { UsageError } from '../usage-error.ts';

/** One policy as the only one that has a say. Throws a UsageError for kinds that give nothing by themselves. */
export const policySetOf = (kind: PolicyKind, policy: PolicyDocument): PolicySet => {
  switch (kind) {
    case 'identity':
    case 'group':
    case 'boundary':
    case 'session':
      return { identity: [policy] };
    case 'bucket':
      return { identity: [], bucketPolicy: policy };
    case 'accessPoint':
    case 'vpcEndpoint':
    case 'scp':
    case 'rcp':
    case 'trust':
      throw new UsageError(
        `A policy of the kind ${kind} gives nothing by itself, and cannot be held against a job.`,
      );
  }
};
