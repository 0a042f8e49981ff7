import type { ApiCall } from '../calls/api-call.ts';

/** One concrete call that a job must be able to make, or must not. */
export interface NeedRow {
  /** Stable, e.g. `putInside`, `putSibling`, `readBack`. */
  readonly id: string;
  readonly kind: 'must' | 'mustNot';
  /** For a person: `Upload below the prefix`. */
  readonly title: string;
  readonly call: ApiCall;
}
