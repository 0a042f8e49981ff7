import type { PolicyKind } from '@windlass/policy';
import type { StudioDocument } from '../state/studio-state.ts';

/** Kinds of which a request meets one at most. */
const single: ReadonlySet<PolicyKind> = new Set(['session', 'bucket', 'accessPoint']);

/** The kinds that are there and cannot be there twice. */
export const takenKinds = (documents: readonly StudioDocument[]): ReadonlySet<PolicyKind> =>
  new Set(documents.map(({ kind }) => kind).filter((kind) => single.has(kind)));
