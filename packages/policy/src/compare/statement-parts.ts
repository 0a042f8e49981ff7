import type { PolicyDocument, Statement } from '../document/policy-document.ts';
import { listOf, recordOf, textsOf } from '../evaluate/element-values.ts';
import { actions, matchActions, type ActionFacts } from '../facts/action-facts.ts';

/** A statement with its lists read, for policies as people write them: brackets may be missing, elements may be odd. */
export interface StatementParts {
  readonly statement: Statement;
  readonly effect: 'Allow' | 'Deny';
  /** Actions that it reaches, by name. */
  readonly actions: ReadonlyMap<string, ActionFacts>;
  /** Patterns of Resource; of NotResource where that stands instead. */
  readonly resources: readonly string[];
  readonly notResource: boolean;
  readonly conditioned: boolean;
  readonly principals: readonly string[];
  /** Everything but the actions, in one order: two statements with the same say the same about an action. */
  readonly fingerprint: string;
}

/** Statements that have an effect and are objects; the rest counts for nothing, as in evaluation. */
export const statementParts = (document: PolicyDocument): StatementParts[] =>
  listOf(document.Statement).flatMap((entry): StatementParts[] => {
    const record = recordOf(entry);
    const effect = record?.['Effect'];
    if (record === null || (effect !== 'Allow' && effect !== 'Deny')) return [];
    const notResource = record['Resource'] === undefined;
    const resources = textsOf(notResource ? record['NotResource'] : record['Resource']);
    const condition = recordOf(record['Condition']) ?? {};
    return [
      {
        // An object with an effect; what else it lacks shows in its lists.
        statement: record as unknown as Statement,
        effect,
        actions: new Map(reached(record).map((facts) => [facts.name, facts])),
        resources,
        notResource,
        conditioned: Object.keys(condition).length > 0,
        principals: principalsOf(record['Principal']),
        fingerprint: JSON.stringify([
          document.Version ?? '',
          effect,
          notResource,
          resources.toSorted(),
          canonical(condition),
          canonical(record['Principal'] ?? null),
          canonical(record['NotPrincipal'] ?? null),
        ]),
      },
    ];
  });

const reached = (record: Readonly<Record<string, unknown>>): readonly ActionFacts[] => {
  if (record['Action'] !== undefined) return textsOf(record['Action']).flatMap(matchActions);
  const spared = new Set(
    textsOf(record['NotAction']).flatMap((pattern) => matchActions(pattern).map(({ name }) => name)),
  );
  return actions.filter(({ name }) => !spared.has(name));
};

const principalsOf = (element: unknown): string[] =>
  element === '*' ? ['*'] : Object.values(recordOf(element) ?? {}).flatMap(textsOf);

/** Members sorted, lists as sets, single values as lists of one. */
const canonical = (value: unknown): unknown => {
  const record = recordOf(value);
  if (record === null) return textsOf(value).toSorted();
  return Object.keys(record)
    .toSorted()
    .map((name) => [name, canonical(record[name])]);
};
