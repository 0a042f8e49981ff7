import {
  ApiCallError,
  evaluateCall,
  operationOf,
  type ApiCall,
  type CallEvaluation,
  type RequestContext,
  type StatementPlace,
} from '@windlass/policy';
import type { Tone } from '../../../lib/tone.ts';
import { kindWords } from '../state/kind-words.ts';
import type { Pair, TriedRequest } from '../state/studio-state.ts';
import type { ReadDocuments } from './read-documents.ts';

/** What becomes of a call, with the statement that decided; or why that cannot be said. */
export type Judgement =
  | (CallEvaluation & { decidedBy: StatementPlace | null })
  | { decision: null; problem: string; decidedBy: null };

/** A statement to light. */
export interface LitPlace {
  statement: number;
  tone: Tone;
}

/** @example judge(request, readDocuments(documents, request)).decision // 'ExplicitlyDenied' */
export const judge = (request: TriedRequest, { policies, unreadable }: ReadDocuments): Judgement => {
  const [broken] = unreadable;
  if (broken !== undefined) {
    const name = kindWords[broken.kind].word.toLowerCase();
    return cannotSay(`The ${name} cannot be read as JSON yet, so nothing can be said about the request.`);
  }
  const caller = {
    principal: request.principal.trim(),
    resourceAccount: request.account.trim(),
    context: contextOf(request.context),
  };
  try {
    const evaluation = evaluateCall(toApiCall(request), caller, policies);
    const decisive = evaluation.actions.find((action) => action.evaluation.decision === evaluation.decision);
    return { ...evaluation, decidedBy: decisive?.evaluation.decidedBy ?? null };
  } catch (error) {
    if (!(error instanceof ApiCallError)) throw error;
    return cannotSay(error.message);
  }
};

const cannotSay = (problem: string): Judgement => ({ decision: null, problem, decidedBy: null });

/** The call that the form describes. What the operation does not take is left away. */
export const toApiCall = (request: TriedRequest): ApiCall => {
  const operation = operationOf(request.operation);
  const sent = request.parameters.filter(({ name }) => name !== '');
  return {
    operation: request.operation,
    bucket: request.accessPoint === '' ? request.bucket : request.accessPoint,
    ...(operation?.target === 'object' && { key: request.key }),
    ...(operation?.copies === true && { source: request.source }),
    ...(sent.length > 0 && { parameters: Object.fromEntries(sent.map(({ name, value }) => [name, value])) }),
  };
};

/** A key that stands there twice has both values. */
const contextOf = (pairs: readonly Pair[]): RequestContext => {
  const values = new Map<string, string[]>();
  for (const { name, value } of pairs) {
    if (name !== '') values.set(name, [...(values.get(name) ?? []), value]);
  }
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, all.length === 1 ? (all[0] ?? '') : all]),
  );
};

/** The statement to light in the document `id`; null where another document decided, or none. */
export const litIn = (
  id: string,
  { decision, decidedBy }: Judgement,
  decided: string | null,
): LitPlace | null =>
  decidedBy === null || decided !== id
    ? null
    : { statement: decidedBy.statementIndex, tone: decision === 'Allowed' ? 'ok' : 'missing' };
