import type { OrderDraft } from '@windlass/contract';
import { problemOf } from '../api/order-problem.ts';
import type { SessionCore } from './session-deps.ts';

/** What the server says of an order that this browser has begun. */
export type FoundDraft =
  | { kind: 'there'; draft: OrderDraft }
  | { kind: 'unreachable'; error: unknown }
  | { kind: 'gone' };

export const askForDraft = async (
  { api }: Pick<SessionCore, 'api'>,
  orderToken: string,
): Promise<FoundDraft> => {
  try {
    return { kind: 'there', draft: await api.draft(orderToken) };
  } catch (error) {
    // What the server does not know any more was thrown away; one that does not answer may know it well.
    const { status } = problemOf(error);
    return status >= 400 && status < 500 && status !== 429
      ? { kind: 'gone' }
      : { kind: 'unreachable', error };
  }
};
