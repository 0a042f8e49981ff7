import type { PolicyKind } from '@windlass/policy';
import {
  formatCors,
  formatLifecycle,
  formatPolicy,
  type GeneratedDocuments,
  type GenerateInput,
} from '@windlass/policy/generate';
import { firstStudio } from '../state/examples.ts';
import { kindWords } from '../state/kind-words.ts';
import type { CheckState } from '../state/studio-state.ts';

/** A generated document as text to show and copy. */
export interface DocumentText {
  what: string;
  text: string;
  /** Null for what is no policy. */
  kind: PolicyKind | null;
}

/** All documents there are, in the order in which they are put in place. */
export const documentsOf = (documents: GeneratedDocuments): DocumentText[] => {
  const policies = [
    ['identity', documents.identity],
    ['bucket', documents.bucketPolicy],
    ['accessPoint', documents.accessPointPolicy],
    ['trust', documents.trust],
  ] as const;
  return [
    ...policies.flatMap(([kind, policy]) =>
      policy === null ? [] : [{ what: kindWords[kind].word, text: formatPolicy(policy), kind }],
    ),
    ...(documents.cors === null
      ? []
      : [{ what: 'CORS rules', text: formatCors(documents.cors), kind: null }]),
    ...(documents.lifecycle === null
      ? []
      : [{ what: 'Lifecycle rules', text: formatLifecycle(documents.lifecycle), kind: null }]),
  ];
};

/** The generated policies as documents to check and to try requests against; null where there are none. */
export const toCheckState = (documents: GeneratedDocuments, input: GenerateInput): CheckState | null => {
  const made = documentsOf(documents).flatMap(({ kind, text }) =>
    kind === null ? [] : [{ id: `${kind}-1`, kind, text }],
  );
  const [first] = made;
  if (first === undefined) return null;
  const account = input.accountId ?? firstStudio.check.request.account;
  const reads = input.capabilities.includes('deliver');
  return {
    documents: made,
    open: first.id,
    provider: input.provider,
    request: {
      ...firstStudio.check.request,
      operation: reads ? 'GetObject' : 'PutObject',
      bucket: input.bucket,
      key: `${input.prefix}photo.jpg`,
      principal: input.principal ?? `arn:aws:iam::${account}:user/windlass-${input.bucket}`,
      account,
    },
  };
};
