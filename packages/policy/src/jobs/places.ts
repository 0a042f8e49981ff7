import type { Capability } from './capability.ts';
import { galleryFolders, grantsOf, reaches } from './grants.ts';
import type { NeedTarget } from './need-target.ts';

/** A spot in a bucket where it is tried what credentials may do. */
export interface Place {
  /** Ends the ids of the rows that are about it. */
  readonly id: string;
  /** For a person: `below the prefix`. */
  readonly where: string;
  readonly bucket: string;
  /** Empty, or ends in a slash. */
  readonly path: string;
  /** What the job may do here is needed here; elsewhere it is merely no excess. */
  readonly tested: boolean;
  /** Keys that break a careless policy are tried as well. */
  readonly edges: boolean;
  readonly writtenTo: boolean;
}

/** Where the job works, and the places around it that it must stay out of. */
export const placesOf = (capabilities: readonly Capability[], target: NeedTarget, user: string): Place[] => {
  const { bucket, prefix } = target;
  const outputPrefix = capabilities.includes('process') ? (target.outputPrefix ?? prefix) : prefix;
  const grants = grantsOf(capabilities, target);
  const others = otherThan(user);
  const folders = capabilities.some((one) => one === 'galleryMember' || one === 'galleryAdmin');
  const at = (id: string, where: string, path: string, tested: boolean): Place => ({
    id,
    where,
    bucket,
    path,
    tested,
    edges: tested && !id.startsWith('Others') && id !== 'OwnPrivate',
    writtenTo: grants.some((grant) => reaches(grant, 'write', path, user)),
  });

  const { team, private: hidden } = galleryFolders;
  const places = [
    at('Inside', folders ? 'straight below the prefix' : 'below the prefix', prefix, true),
    ...(outputPrefix === prefix ? [] : [at('Output', 'below the output prefix', outputPrefix, true)]),
    ...(folders
      ? [
          at('OwnTeam', "in one's own team folder", `${prefix}${team}${user}/`, true),
          at('OwnPrivate', "in one's own private folder", `${prefix}${hidden}${user}/`, true),
          at('OthersTeam', "in a colleague's team folder", `${prefix}${team}${others}/`, true),
          at('OthersPrivate', "in a colleague's private folder", `${prefix}${hidden}${others}/`, true),
        ]
      : []),
    ...outside(prefix).map(({ id, where, path }) => at(id, where, path, false)),
    ...(outputPrefix === prefix ? [] : outside(outputPrefix)).map(({ id, where, path }) =>
      at(`Output${id}`, where.replace('the prefix', 'the output prefix'), path, false),
    ),
    {
      id: 'OtherBucket',
      where: 'in another bucket',
      bucket: target.otherBucket ?? `${bucket}-other`,
      path: prefix,
      tested: false,
      edges: false,
      writtenTo: false,
    },
  ];
  // Two prefixes can lie below the same one, or one of them beside the other.
  return places.filter(
    (place, index) =>
      index === places.findIndex((one) => one.bucket === place.bucket && one.path === place.path),
  );
};

/** What a pattern without its closing slash reaches too, and what lies above. Nothing is outside an empty prefix. */
const outside = (prefix: string): { id: string; where: string; path: string }[] => {
  if (prefix === '') return [];
  const bare = prefix.slice(0, -1);
  return [
    { id: 'Sibling', where: 'beside the prefix, where a name starts alike', path: `${bare}-extra/` },
    { id: 'Parent', where: 'above the prefix', path: bare.slice(0, bare.lastIndexOf('/') + 1) },
  ];
};

/** A name that starts with the user's: a pattern without its slash would reach it. */
const otherThan = (user: string): string => `${user}2`;
