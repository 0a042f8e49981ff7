import { plainValue } from '../../reader/json-node.ts';
import type { ElementView, PrincipalElementView, StatementView } from '../../reader/policy-view.ts';
import { removeEntries, removeItem } from '../../reader/json-edit.ts';
import { matchActions } from '../../facts/action-facts.ts';
import { hasWildcard } from '../../match/glob.ts';
import type { LintScope } from '../lint-scope.ts';
import { actionCovers, areDisjoint, arnCovers } from '../../match/pattern-sets.ts';
import { namesEverybody } from '../statement-reach.ts';
import { openingOf } from './statement.ts';

/** Statements of more than this are compared with none: the cost is the square of their number. */
const mostCompared = 150;

/** Statements and values that others cover. Only what is sure is said. */
export const checkOverlap = (scope: LintScope): void => {
  const { policy } = scope;
  const statements = policy.statements.filter(isSound).slice(0, mostCompared);
  const redundant = new Set<StatementView>();
  for (const statement of statements) {
    checkList(scope, statement.action, actionCovers);
    checkList(scope, statement.resource, arnCovers);
    checkAgainst(scope, statement, statements, redundant);
  }
};

/** Both halves of the question must be answerable: one effect, and positive or negative lists, never both. */
const isSound = (statement: StatementView): boolean =>
  statement.effect !== null &&
  (statement.action === null) !== (statement.notAction === null) &&
  (statement.resource === null || statement.notResource === null);

const checkAgainst = (
  scope: LintScope,
  statement: StatementView,
  statements: readonly StatementView[],
  redundant: Set<StatementView>,
): void => {
  const { report, fix } = scope;
  const remove = removal(scope, statement);
  if (statement.effect === 'Allow') {
    const deny = statements.find(
      (other) => other.effect === 'Deny' && other.condition === null && covers(scope, other, statement),
    );
    if (deny) {
      report(
        'S3X003',
        openingOf(statement),
        statement.path,
        `${nameOf(deny)} denies all that this statement allows: it has no effect`,
        fix('Remove the statement', remove),
      );
      return;
    }
  }
  const twin = statements.find(
    (other) =>
      other !== statement &&
      other.effect === statement.effect &&
      !redundant.has(other) &&
      covers(scope, other, statement) &&
      (other.condition === null || conditionText(other) === conditionText(statement)),
  );
  if (!twin) return;
  redundant.add(statement);
  report(
    'S3X004',
    openingOf(statement),
    statement.path,
    `${nameOf(twin)} says all of this already`,
    fix('Remove the statement', remove),
  );
};

const nameOf = ({ sid, index }: StatementView): string =>
  sid === null || sid.text === '' ? `Statement ${index + 1}` : `Statement ${JSON.stringify(sid.text)}`;

const conditionText = ({ condition }: StatementView): string =>
  condition ? JSON.stringify(plainValue(condition.value)) : '';

const removal = ({ policy }: LintScope, statement: StatementView) => {
  const list = policy.statement?.value;
  return list?.type === 'array' && list.items.length > 1
    ? removeEntries(list.items, (index) => index === statement.index)
    : [];
};

/** True when the first statement, its conditions aside, is sure to reach everything that the second reaches. */
const covers = (scope: LintScope, wide: StatementView, narrow: StatementView): boolean =>
  coversPrincipal(scope, wide, narrow) && coversActions(wide, narrow) && coversResources(wide, narrow);

const coversPrincipal = ({ options }: LintScope, wide: StatementView, narrow: StatementView): boolean => {
  if (
    wide.principal === null &&
    narrow.principal === null &&
    wide.notPrincipal === null &&
    narrow.notPrincipal === null
  )
    return options.kind !== 'bucket' && options.kind !== 'accessPoint' && options.kind !== 'trust';
  if (wide.notPrincipal || narrow.notPrincipal)
    return sameTexts(wide.notPrincipal, narrow.notPrincipal) && wide.principal === narrow.principal;
  // `*` in a Deny is everybody; in an Allow it is everybody too, so that it covers any other principal.
  return namesEverybody(wide.principal) || sameTexts(wide.principal, narrow.principal, true);
};

const sameTexts = (
  wide: PrincipalElementView | null,
  narrow: PrincipalElementView | null,
  subset = false,
): boolean => {
  const all = typedTexts(wide);
  const some = typedTexts(narrow);
  return (
    some.length > 0 && some.every((text) => all.includes(text)) && (subset || all.length === some.length)
  );
};

const typedTexts = (element: PrincipalElementView | null): string[] =>
  (element?.principals ?? []).map(({ type, value }) => `${type?.value ?? ''} ${value.text}`);

const textsOf = (element: ElementView | null): readonly string[] =>
  element?.values.map(({ text }) => text) ?? [];

const coversActions = (wide: StatementView, narrow: StatementView): boolean => {
  const wanted = textsOf(narrow.action);
  if (wanted.length === 0)
    return narrow.notAction !== null && sameList(textsOf(wide.notAction), textsOf(narrow.notAction));
  return wanted.every((pattern) => {
    if (wide.action) {
      if (textsOf(wide.action).some((other) => actionCovers(other, pattern))) return true;
      // `s3:Put*` may be covered by several names together: then each action that it matches must be.
      const isPattern = hasWildcard(pattern) && pattern.toLowerCase().startsWith('s3:');
      const reached = isPattern && textsOf(wide.action).length > 1 ? matchActions(pattern) : [];
      return (
        reached.length > 0 &&
        reached.every(({ name }) => textsOf(wide.action).some((other) => actionCovers(other, name)))
      );
    }
    return textsOf(wide.notAction).every((other) => areDisjoint(other.toLowerCase(), pattern.toLowerCase()));
  });
};

const coversResources = (wide: StatementView, narrow: StatementView): boolean => {
  if (
    wide.resource === null &&
    wide.notResource === null &&
    narrow.resource === null &&
    narrow.notResource === null
  )
    return true;
  const wanted = textsOf(narrow.resource);
  if (wanted.length === 0)
    return narrow.notResource !== null && sameList(textsOf(wide.notResource), textsOf(narrow.notResource));
  return wanted.every((pattern) =>
    wide.resource
      ? textsOf(wide.resource).some((other) => arnCovers(other, pattern))
      : wide.notResource !== null && textsOf(wide.notResource).every((other) => areDisjoint(other, pattern)),
  );
};

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text) => other.includes(text));

const checkList = (
  { report, fix }: LintScope,
  element: ElementView | null,
  isCovered: (wide: string, narrow: string) => boolean,
): void => {
  const list = element?.member.value;
  if (!element || list?.type !== 'array' || element.values.length > mostCompared) return;
  for (const [index, value] of element.values.entries()) {
    const wider = element.values.find(
      (other, at) =>
        at !== index &&
        isCovered(other.text, value.text) &&
        (at < index || !isCovered(value.text, other.text)),
    );
    if (wider)
      report(
        'S3X004',
        value.node,
        value.path,
        `${wider.text} covers this already`,
        fix('Remove it', removeItem(list, value.node)),
      );
  }
};
