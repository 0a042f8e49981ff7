import type { PolicyDocument, PolicyKind, Statement } from '../document/policy-document.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { ActionFacts } from '../facts/action-facts.ts';
import { areDisjoint, arnCovers } from '../match/pattern-sets.ts';
import type { CompareRow, CompareState } from './compare-row.ts';
import { statementParts, type StatementParts } from './statement-parts.ts';
import { createTrialPolicies } from './trial-policies.ts';
import { trialContexts } from './trial-contexts.ts';
import { trialResources } from './trial-resources.ts';

export interface CompareOptions {
  /** What both policies are. */
  readonly kind: PolicyKind;
  /** The bucket that patterns beyond one bucket are tried on. */
  readonly bucket: string;
  /** Twelve digits: the account that owns the bucket. */
  readonly accountId?: string;
}

/**
 * What the first policy gives against the second, action by action and resource by resource. `excess` and `missing` rest
 * on a request that the two answer differently; `equal` on statements that say the same or cover the resource in both.
 * Where neither can be shown the row is `unknown`.
 *
 * @example comparePolicies(pasted, generated.identity, { kind: 'identity', bucket: 'media' })
 */
export const comparePolicies = (
  first: PolicyDocument,
  second: PolicyDocument,
  { kind, bucket, accountId = '111122223333' }: CompareOptions,
): CompareRow[] => {
  const sides = { first: statementParts(first), second: statementParts(second) };
  const all = [...sides.first, ...sides.second];
  const patterns = [...new Set(all.flatMap(({ resources }) => resources))];
  const contexts = trialContexts(all, accountId);
  const trials = createTrialPolicies(kind, accountId, all);
  const rows = candidatesOf(all, bucket).flatMap(({ facts, pattern }): CompareRow[] => {
    const resources = trialResources(
      facts,
      pattern,
      patterns.filter((other) => !areDisjoint(pattern, other)),
      bucket,
    );
    const differences = new Map<CompareState, Statement | null>();
    for (const resource of resources)
      for (const context of contexts)
        for (const principal of trials.principals) {
          const ask = (document: PolicyDocument): Evaluation =>
            evaluate(...trials.question(document, { principal, action: facts.name, resource, context }));
          const [mine, theirs] = [ask(first), ask(second)];
          if ((mine.decision === 'Allowed') === (theirs.decision === 'Allowed')) continue;
          const [state, document, evaluation] =
            mine.decision === 'Allowed'
              ? (['excess', first, mine] as const)
              : (['missing', second, theirs] as const);
          if (!differences.has(state)) differences.set(state, narrowed(document, evaluation, facts, pattern));
        }
    if (differences.size > 0)
      return [...differences].map(([state, statement]) => rowOf(state, facts, pattern, statement));
    return [rowOf(isSurelyEqual(sides, facts.name, pattern) ? 'equal' : 'unknown', facts, pattern, null)];
  });
  return rows.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
};

/** What needs a person first. */
const order: readonly CompareState[] = ['missing', 'excess', 'unknown', 'equal'];

interface Candidate {
  readonly facts: ActionFacts;
  readonly pattern: string;
}

/** Each action with each pattern that an Allow of either side names for it. */
const candidatesOf = (statements: readonly StatementParts[], bucket: string): Candidate[] => {
  const candidates = new Map<string, Candidate>();
  for (const { effect, actions, resources, notResource } of statements) {
    if (effect !== 'Allow') continue;
    // All but some: everything in the bucket is looked at, and what is spared shows by trial.
    const named = notResource ? [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`] : resources;
    for (const facts of actions.values())
      for (const pattern of named)
        if (trialResources(facts, pattern, [], bucket).length > 0)
          candidates.set(`${facts.name} ${pattern}`, { facts, pattern });
  }
  return [...candidates.values()];
};

const titles: Readonly<Record<CompareState, string>> = {
  missing: 'Only the second allows',
  excess: 'Only the first allows',
  equal: 'Both allow',
  unknown: 'It cannot be said whether both allow',
};

const rowOf = (
  state: CompareState,
  { name, accessLevel }: ActionFacts,
  resource: string,
  statement: Statement | null,
): CompareRow => ({
  state,
  action: name,
  resource,
  accessLevel,
  title: `${titles[state]} ${name} on ${resource}`,
  statement,
});

/** The statement that allowed, cut down to this action and resource. */
const narrowed = (
  document: PolicyDocument,
  { decidedBy }: Evaluation,
  { name }: ActionFacts,
  pattern: string,
): Statement | null => {
  const { statement } = statementParts(document)[decidedBy?.statementIndex ?? -1] ?? {};
  if (statement === undefined) return null;
  const { Principal, Condition } = statement;
  return {
    Effect: 'Allow',
    ...(Principal !== undefined && { Principal }),
    Action: name,
    Resource: pattern,
    ...(Condition !== undefined && { Condition }),
  };
};

const isSurelyEqual = (
  { first, second }: { first: readonly StatementParts[]; second: readonly StatementParts[] },
  action: string,
  pattern: string,
): boolean => {
  const relevant = (side: readonly StatementParts[]) =>
    side.filter(
      ({ actions, resources, notResource }) =>
        actions.has(action) && (notResource || resources.some((resource) => !areDisjoint(resource, pattern))),
    );
  const [mine, theirs] = [relevant(first), relevant(second)];
  return said(mine) === said(theirs) || (coversAll(mine, pattern) && coversAll(theirs, pattern));
};

/** What statements say about an action, whatever their order, twins and Sids. */
const said = (side: readonly StatementParts[]): string =>
  JSON.stringify([...new Set(side.map(({ fingerprint }) => fingerprint))].toSorted());

/** Allowed for every request on the pattern: by a statement without conditions, and with no Deny near. */
const coversAll = (relevant: readonly StatementParts[], pattern: string): boolean =>
  relevant.every(({ effect }) => effect === 'Allow') &&
  relevant.some(
    ({ conditioned, notResource, principals, resources, statement }) =>
      !conditioned &&
      !notResource &&
      (statement.Principal === undefined || principals.includes('*')) &&
      resources.some((wide) => wide === pattern || (!wide.includes('${') && arnCovers(wide, pattern))),
  );
