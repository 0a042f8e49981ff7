import type { PolicyDocument, PolicyKind, PolicySet, StatementPlace } from '@windlass/policy';
import type { StudioDocument, TriedRequest } from '../state/studio-state.ts';

/** The documents as the policies that have a say, and the way back from a statement to its document. */
export interface ReadDocuments {
  policies: PolicySet;
  /** Documents that are no JSON objects: without them nothing can be said. */
  unreadable: readonly StudioDocument[];
  documentOf: (place: StatementPlace) => StudioDocument | undefined;
}

/** @param request names the access point, and says whether public access is blocked. */
export const readDocuments = (
  documents: readonly StudioDocument[],
  { accessPoint, blockPublicAccess, bucket, key }: TriedRequest,
): ReadDocuments => {
  const byKind = new Map<PolicyKind, { document: StudioDocument; policy: PolicyDocument }[]>();
  const unreadable: StudioDocument[] = [];
  for (const document of documents) {
    const policy = parsePolicy(document.text);
    if (policy === null) unreadable.push(document);
    else byKind.set(document.kind, [...(byKind.get(document.kind) ?? []), { document, policy }]);
  }
  const all = (kind: PolicyKind): PolicyDocument[] | null =>
    byKind.get(kind)?.map(({ policy }) => policy) ?? null;
  const first = (kind: PolicyKind): PolicyDocument | null => all(kind)?.[0] ?? null;
  const levels = (kind: 'scp' | 'rcp') => all(kind)?.map((policy) => [policy]) ?? null;
  const arn = `arn:aws:s3:::${bucket}`;
  return {
    policies: {
      identity: all('identity') ?? [],
      group: all('group'),
      boundary: all('boundary'),
      session: first('session'),
      bucketPolicy: first('bucket'),
      accessPoint:
        accessPoint === ''
          ? null
          : {
              arn: accessPoint,
              policy: first('accessPoint'),
              bucketResource: key === '' ? arn : `${arn}/${key}`,
            },
      vpcEndpoint: all('vpcEndpoint'),
      scp: levels('scp'),
      rcp: levels('rcp'),
      blockPublicAccess,
    },
    unreadable,
    documentOf: ({ policy, policyIndex }) => byKind.get(policy)?.[policyIndex]?.document,
  };
};

/** A policy in a text; null where the text is no JSON object. */
export const parsePolicy = (text: string): PolicyDocument | null => {
  try {
    const value: unknown = JSON.parse(text);
    // The engine takes any object and says of each statement what is wrong with it.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as PolicyDocument)
      : null;
  } catch {
    // The linter shows where the JSON is broken.
    return null;
  }
};
