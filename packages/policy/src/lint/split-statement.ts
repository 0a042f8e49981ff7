import { editedText, removeItems, replaceNode } from '../reader/json-edit.ts';
import type { JsonNode } from '../reader/json-node.ts';
import type { ElementView, StatementView } from '../reader/policy-view.ts';
import type { TextEdit } from '../reader/text-edit.ts';
import type { LintScope } from './lint-scope.ts';

/** Cuts a list of texts down to some of them; one that stays alone loses its brackets. */
export const keepOnly = (element: ElementView | null, kept: ReadonlySet<JsonNode>): TextEdit[] => {
  if (element?.member.value.type !== 'array') return [];
  const values = element.values.filter(({ node }) => kept.has(node));
  const [first] = values;
  if (values.length === 1 && first) return [replaceNode(element.member.value, JSON.stringify(first.text))];
  return removeItems(element.member.value, (item) => !kept.has(item));
};

/**
 * Writes a statement once for each set of edits, one behind the other. The second and later ones get a Sid of their own,
 * because Sids must differ.
 */
export const splitStatement = (
  { text, policy }: LintScope,
  statement: StatementView,
  variants: readonly (readonly TextEdit[])[],
): TextEdit[] => {
  const list = policy.statement?.value;
  const previous = list?.type === 'array' ? list.items[statement.index - 1] : undefined;
  const lead =
    list?.type === 'array' && previous === undefined ? text.slice(list.start + 1, statement.node.start) : ' ';
  const between = previous
    ? text.slice(previous.end, statement.node.start)
    : `,${lead.trim() === '' ? lead || ' ' : ' '}`;
  const gap = between.trim() === ',' ? between : ', ';
  const taken = new Set(policy.statements.map(({ sid }) => sid?.text));
  const texts = variants.map((edits, index) =>
    editedText(text, statement.node, index === 0 ? edits : [...edits, ...freshSid(statement, taken)]),
  );
  const joined = texts.join(gap);
  return [replaceNode(statement.node, list?.type === 'array' ? joined : `[${joined}]`)];
};

const freshSid = ({ sid }: StatementView, taken: Set<string | undefined>): TextEdit[] => {
  if (sid === null || sid.text === '') return [];
  let number = 2;
  while (taken.has(`${sid.text}${number}`)) number += 1;
  taken.add(`${sid.text}${number}`);
  return [replaceNode(sid.node, JSON.stringify(`${sid.text}${number}`))];
};
