import type { PolicyKind } from '../document/policy-document.ts';
import { listOf, recordOf } from './element-values.ts';
import type { StatementPlace, StatementTrace, Uncertainty } from './evaluation.ts';
import type { Reach } from './match-principal.ts';
import type { RequestView } from './request-view.ts';
import { traceStatement } from './trace-statement.ts';

/** What the policies of one kind do to a request. */
export interface Effects {
  readonly kind: PolicyKind;
  /** The first Deny that applies. */
  readonly deny: StatementTrace | null;
  /** The first Allow that applies, for each way to reach the caller. */
  readonly allow: Readonly<Partial<Record<Reach, StatementTrace>>>;
}

/** Where everything that is found on the way is kept. */
export interface Ledger {
  readonly trace: StatementTrace[];
  readonly uncertain: Uncertainty[];
}

const variablesSince = '2012-10-17';

const placeOf = (
  kind: PolicyKind,
  policyIndex: number,
  statementIndex: number,
  statement: unknown,
): StatementPlace => {
  const sid = recordOf(statement)?.['Sid'];
  return { policy: kind, policyIndex, statementIndex, sid: typeof sid === 'string' ? sid : null };
};

/**
 * Holds every statement of some policies of one kind against a request.
 *
 * @param firstIndex number of the first policy among those of its kind
 */
export const applyPolicies = (
  kind: PolicyKind,
  policies: readonly unknown[],
  view: RequestView,
  hasBoundary: boolean,
  ledger: Ledger,
  firstIndex = 0,
): Effects => {
  let deny: StatementTrace | null = null;
  const allow: Partial<Record<Reach, StatementTrace>> = {};
  for (const [offset, policy] of policies.entries()) {
    const document = recordOf(policy) ?? {};
    const setting = { hasVariables: document['Version'] === variablesSince, hasBoundary };
    const statements = listOf(document['Statement']);
    if (statements.length === 0)
      ledger.uncertain.push({
        place: placeOf(kind, firstIndex + offset, 0, null),
        sentence: 'IAM does not take this policy: it has no Statement.',
      });
    for (const [index, statement] of statements.entries()) {
      const place = placeOf(kind, firstIndex + offset, index, statement);
      const { trace, reach, doubt } = traceStatement(statement, place, view, setting);
      ledger.trace.push(trace);
      if (doubt !== null) ledger.uncertain.push({ place, sentence: doubt });
      if (!trace.matched) continue;
      if (trace.effect === 'Deny') deny ??= trace;
      else allow[reach] ??= trace;
    }
  }
  return { kind, deny, allow };
};

/** The strongest Allow of a kind; null where none applies. */
export const firstAllow = ({ allow }: Effects): StatementTrace | null =>
  allow.direct ?? allow.role ?? allow.account ?? null;
