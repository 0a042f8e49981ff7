import type { Capability } from './capability.ts';

/** What a job does with objects, in S3's broad strokes. `resume` is to see and to give up the parts of an upload; `locate` asks for the region. */
export const rights = ['read', 'write', 'resume', 'delete', 'list', 'locate'] as const;
export type Right = (typeof rights)[number];

/** A right on all keys below a prefix. */
export interface Grant {
  readonly right: Right;
  /** Empty, or ends in a slash. `locate` is about the whole bucket, so empty. */
  readonly prefix: string;
  /** Only the folder below `prefix` that is named after the user who asks. */
  readonly own: boolean;
}

export interface GrantScope {
  readonly prefix: string;
  /** Where `process` writes; `prefix` when absent. */
  readonly outputPrefix?: string | undefined;
}

/** Folders of a gallery, below the prefix: what everybody of the team sees, and what its owner alone sees. */
export const galleryFolders = { team: 'team/', private: 'private/' } as const;

/**
 * What each capability needs and nothing beyond it. Needs, generated documents and comparisons all come from here.
 *
 * @example grantsOf(['ingest'], { prefix: 'uploads/' }) // [{ right: 'write', prefix: 'uploads/', own: false }]
 */
export const grantsOf = (capabilities: readonly Capability[], scope: GrantScope): Grant[] => {
  const unique = new Map<string, Grant>();
  for (const grant of capabilities.flatMap((capability) => grantsOfOne(capability, scope)))
    unique.set(`${grant.right} ${grant.own} ${grant.prefix}`, grant);
  return [...unique.values()];
};

/** True when the grant reaches a key, or a listing below `path`. */
export const reaches = (grant: Grant, right: Right, path: string, user: string): boolean =>
  grant.right === right && path.startsWith(grant.own ? `${grant.prefix}${user}/` : grant.prefix);

/** The folders of grants without those that lie within another; one's own folder counts as the folder it is in. */
export const foldersOf = (grants: readonly Grant[]): string[] => {
  const folders = [...new Set(grants.map(({ prefix }) => prefix))];
  return folders.filter((folder) => !folders.some((other) => other !== folder && folder.startsWith(other)));
};

const below = (prefix: string, ...all: readonly Right[]): Grant[] =>
  all.map((right) => ({ right, prefix, own: false }));
const ownFolder = (prefix: string, ...all: readonly Right[]): Grant[] =>
  all.map((right) => ({ right, prefix, own: true }));

const grantsOfOne = (capability: Capability, { prefix, outputPrefix = prefix }: GrantScope): Grant[] => {
  switch (capability) {
    case 'deliver':
      return [...below(prefix, 'read', 'list'), ...below('', 'locate')];
    case 'ingest':
      return below(prefix, 'write');
    case 'ingestResumable':
      return below(prefix, 'write', 'resume');
    case 'process':
      return [...below(prefix, 'read', 'list'), ...below(outputPrefix, 'write', 'resume')];
    case 'gallery':
      return below(prefix, 'read', 'write', 'resume', 'delete', 'list');
    case 'galleryMember':
      return memberGrants(prefix);
    case 'galleryAdmin':
      // An administrator clears away private items of people who left, and still cannot look into them.
      return [
        ...memberGrants(prefix),
        ...below(prefix + galleryFolders.team, 'write', 'resume', 'delete'),
        ...below(prefix + galleryFolders.private, 'delete'),
      ];
  }
};

const memberGrants = (prefix: string): Grant[] => [
  ...below(prefix + galleryFolders.team, 'read'),
  ...ownFolder(prefix + galleryFolders.team, 'write', 'resume', 'delete'),
  ...ownFolder(prefix + galleryFolders.private, 'read', 'write', 'resume', 'delete'),
];
