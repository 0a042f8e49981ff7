import { matchesGlob } from '../match/glob.ts';
import { recordOf, textsOf } from './element-values.ts';
import type { PartTrace, StatementPlace, StatementTrace } from './evaluation.ts';
import { conditionOperator, type ConditionOperator } from './condition-operators.ts';
import { traceCondition } from './match-condition.ts';
import { isSpared, principalsOf, reachOf, type Reach } from './match-principal.ts';
import { coversResource } from './match-resource.ts';
import type { RequestView } from './request-view.ts';
import { quote, quoteAll } from './sentences.ts';
import { statementFault } from './statement-fault.ts';
import { createVariables, noVariables, type Variables } from './variables.ts';

/** What of the surroundings of a statement has a say in it. */
export interface StatementSetting {
  /** Version 2012-10-17, which brought variables. */
  readonly hasVariables: boolean;
  /** The caller has a permissions boundary. */
  readonly hasBoundary: boolean;
}

export interface StatementOutcome {
  readonly trace: StatementTrace;
  /** How a matching statement of a resource policy reaches the caller; `direct` where there is no principal. */
  readonly reach: Reach;
  /** Why it cannot be said for certain that the statement does not apply; null where it can. */
  readonly doubt: string | null;
}

type Element = Readonly<Record<string, unknown>>;

/**
 * Whether a variable without a value leaves a condition open: its operator takes variables, and no other value settled it.
 * Where the request lacks the key, the values do not matter.
 */
const isOpen = ({ family, negated }: ConditionOperator, { matched, absent }: PartTrace): boolean =>
  (family === 'String' || family === 'ARN') && absent === undefined && matched === negated;

interface PrincipalPart {
  readonly part: PartTrace;
  readonly reach: Reach;
}

const tracePrincipal = (
  statement: Element,
  view: RequestView,
  setting: StatementSetting,
): PrincipalPart | null => {
  const caller = view.principal;
  const who = caller.kind === 'anonymous' ? 'The anonymous caller' : caller.name;
  if (statement['NotPrincipal'] !== undefined) {
    const effect = statement['Effect'] === 'Deny' ? 'Deny' : 'Allow';
    const spared = isSpared(statement['NotPrincipal'], caller, effect, setting.hasBoundary);
    const sentence = spared
      ? `${who} is among those that NotPrincipal leaves out.`
      : `${who} is not left out by NotPrincipal.`;
    return { part: { part: 'principal', matched: !spared, sentence }, reach: 'direct' };
  }
  if (statement['Principal'] === undefined) return null;
  const reach = reachOf(statement['Principal'], caller);
  const named = quoteAll(principalsOf(statement['Principal']));
  const sentence = reach === null ? `${who} is not ${named}.` : `${who} is meant by ${named}.`;
  return { part: { part: 'principal', matched: reach !== null, sentence }, reach: reach ?? 'direct' };
};

const traceAction = (statement: Element, view: RequestView): PartTrace => {
  const negated = statement['Action'] === undefined;
  const patterns = textsOf(negated ? statement['NotAction'] : statement['Action']);
  const found = patterns.find((pattern) => matchesGlob(pattern.toLowerCase(), view.foldedAction));
  const matched = (found !== undefined) !== negated;
  const element = negated ? 'NotAction' : 'Action';
  const sentence =
    found === undefined
      ? `${view.action} is not in ${element} ${quoteAll(patterns)}.`
      : `${element} ${quote(found)} covers ${view.action}.`;
  return { part: 'action', matched, sentence };
};

/**
 * A value that covers the resource settles it whatever the others are. Only where none does, a variable without a value
 * leaves it open: nobody knows what the text would have been.
 */
const traceResource = (
  statement: Element,
  view: RequestView,
  variables: Variables,
): { part: PartTrace; doubt: string | null } => {
  const negated = statement['Resource'] === undefined;
  const patterns = textsOf(negated ? statement['NotResource'] : statement['Resource']);
  const found = patterns.find((pattern) => coversResource(pattern, view, variables.expand));
  const matched = (found !== undefined) !== negated;
  const element = negated ? 'NotResource' : 'Resource';
  const sentence =
    found === undefined
      ? `${quote(view.resource)} is not in ${element} ${quoteAll(patterns)}.`
      : `${element} ${quote(found)} covers ${quote(view.resource)}.`;
  const doubt = found === undefined ? variables.faultOf(patterns) : null;
  return { part: { part: 'resource', matched, sentence }, doubt };
};

/** The parts of a statement, and the doubt that hangs on some of them. */
interface Parts {
  readonly all: PartTrace[];
  doubt: string | null;
  /** A part fails whatever the doubt: the statement does not apply, and that is certain. */
  failed: boolean;
}

/** AWS does not say what a plain operator makes of several values. */
const severalValues = ({ set, family }: ConditionOperator, key: string, view: RequestView): string | null =>
  set === null && family !== 'Null' && (view.valuesOf(key)?.length ?? 0) > 1
    ? `${key} has several values, and the operator neither ForAnyValue nor ForAllValues`
    : null;

/** A part that nobody can judge counts as not matched, so that an Allow never allows and a Deny is reported. */
const addPart = (parts: Parts, part: PartTrace, doubt: string | null): void => {
  if (doubt === null) {
    parts.all.push(part);
    parts.failed ||= !part.matched;
  } else {
    parts.all.push({ ...part, matched: false, sentence: `${doubt}.` });
    parts.doubt ??= doubt;
  }
};

const addConditions = (parts: Parts, statement: Element, view: RequestView, variables: Variables): void => {
  for (const [name, keys] of Object.entries(recordOf(statement['Condition']) ?? {}))
    for (const [key, value] of Object.entries(recordOf(keys) ?? {})) {
      const operator = conditionOperator(name);
      const values = textsOf(value);
      if (operator === null) {
        const part: PartTrace = { part: 'condition', matched: false, sentence: '', operator: name, key };
        addPart(parts, part, `there is no condition operator ${name}`);
      } else {
        const part = traceCondition(operator, name, key, values, view, variables.expand);
        addPart(
          parts,
          part,
          severalValues(operator, key, view) ?? (isOpen(operator, part) ? variables.faultOf(values) : null),
        );
      }
    }
};

/** What a person needs to know of a statement that applies: above all a condition that holds because its key is missing. */
const tellingPart = (parts: readonly PartTrace[]): string => {
  const part = parts.find(({ absent }) => absent !== undefined) ?? parts.at(-1);
  return part?.sentence ?? '';
};

const verdictOf = (effect: 'Allow' | 'Deny', { all, doubt, failed }: Parts, action: string): string => {
  if (doubt !== null && !failed) return `This ${effect} does not apply: ${doubt}.`;
  const failing = all.find((part) => !part.matched);
  if (failing !== undefined) return `This ${effect} does not apply: ${failing.sentence}`;
  const toAll = all.some(({ absent }) => absent === 'always');
  return `This ${effect} applies${toAll ? ` to every ${action}` : ''}: ${tellingPart(all)}`;
};

/** Holds one statement against a request, all of its parts, so that a person sees each reason at once. */
export const traceStatement = (
  statement: unknown,
  place: StatementPlace,
  view: RequestView,
  setting: StatementSetting,
): StatementOutcome => {
  const element = recordOf(statement) ?? {};
  const effect = element['Effect'] === 'Deny' ? 'Deny' : 'Allow';
  const fault = statementFault(element, place.policy);
  const base = { ...place, effect, resource: view.resource } as const;
  if (fault !== null) {
    const sentence = `IAM does not take this statement: ${fault}.`;
    return { trace: { ...base, matched: false, parts: [], sentence }, reach: 'direct', doubt: sentence };
  }
  const parts: Parts = { all: [], doubt: null, failed: false };
  const variables = setting.hasVariables ? createVariables(view) : noVariables;
  const principal = tracePrincipal(element, view, setting);
  if (principal !== null) addPart(parts, principal.part, null);
  addPart(parts, traceAction(element, view), null);
  if (place.policy !== 'trust') {
    const { part, doubt } = traceResource(element, view, variables);
    addPart(parts, part, doubt);
  }
  addConditions(parts, element, view, variables);
  const matched = !parts.failed && parts.doubt === null;
  const sentence = verdictOf(effect, parts, view.action);
  return {
    trace: { ...base, matched, parts: parts.all, sentence },
    reach: principal?.reach ?? 'direct',
    doubt: parts.failed || parts.doubt === null ? null : sentence,
  };
};
