import { appendMember, removeMember, replaceNode } from '../reader/json-edit.ts';
import type { ConditionView, StatementView } from '../reader/policy-view.ts';
import type { TextEdit } from '../reader/text-edit.ts';

/** Takes one key out of a condition, with its operator and the Condition where nothing else is left in them. */
export const removeCondition = (statement: StatementView, { block, member }: ConditionView): TextEdit[] => {
  const { condition } = statement;
  if (condition?.value.type !== 'object' || block.value.type !== 'object') return [];
  if (block.value.members.length > 1) return removeMember(block.value, member);
  if (condition.value.members.length > 1) return removeMember(condition.value, block);
  return removeMember(statement.node, condition);
};

/**
 * Puts a key under another operator. The operator is renamed where the key is alone under it. Nothing where that operator
 * is there already with the same key: two lists of values cannot be merged without knowing what is meant.
 */
export const moveToOperator = (
  text: string,
  { condition }: StatementView,
  { block, member, key, operator }: ConditionView,
  target: string,
): TextEdit[] => {
  if (condition?.value.type !== 'object' || block.value.type !== 'object') return [];
  const existing = condition.value.members.find(({ name }) => name.value === target);
  if (!existing && block.value.members.length === 1) return [replaceNode(operator, JSON.stringify(target))];
  const moved = text.slice(member.value.start, member.value.end);
  if (!existing) {
    const blank = appendMember(text, condition.value, target, { [key.value]: placeholder }, block);
    return [...removeMember(block.value, member), ...fill(blank, moved)];
  }
  if (existing.value.type !== 'object' || existing.value.members.some(({ name }) => name.value === key.value))
    return [];
  const added = fill(appendMember(text, existing.value, key.value, placeholder), moved);
  return block.value.members.length > 1
    ? [...removeMember(block.value, member), ...added]
    : [...removeMember(condition.value, block), ...added];
};

/** Stands for a value whose text is to be kept as it was written; no policy holds it. */
const placeholder = '\u0000';

const fill = (edits: readonly TextEdit[], value: string): TextEdit[] =>
  edits.map((edit) => ({ ...edit, text: edit.text.replace(JSON.stringify(placeholder), () => value) }));
