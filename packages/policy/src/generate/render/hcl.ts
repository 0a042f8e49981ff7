/**
 * A quoted string of HCL. Its escapes are those of JSON, and `${` and `%{` begin templates unless they are doubled.
 *
 * Source: https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export const hclString = (text: string): string => untemplated(JSON.stringify(text));

export const hclList = (texts: readonly string[]): string => `[${texts.map(hclString).join(', ')}]`;

/** A document as it is, without escapes but for templates; no line of JSON reads like the delimiter. */
export const hclDocument = (text: string): string => `<<JSON\n${untemplated(text)}\nJSON`;

const untemplated = (text: string): string => text.replaceAll(/[$%]\{/g, (start) => `${start[0]}${start}`);

/** `null` leaves an argument out; a list of entries is a nested block. Repeated names are repeated blocks. */
export type HclValue = string | number | boolean | null | readonly HclEntry[];
export type HclEntry = readonly [name: string, value: HclValue];

/** A block with its arguments, aligned as `terraform fmt` does; strings are expressions already. */
export const hclBlock = (head: string, entries: readonly HclEntry[], indent = ''): string => {
  const inner = `${indent}  `;
  const present = entries.filter(([, value]) => value !== null);
  const lines = present.map(([name, value], index) =>
    isNested(value)
      ? hclBlock(name, value, inner)
      : `${inner}${name.padEnd(widthOfRun(present, index))} = ${String(value)}`,
  );
  return `${indent}${head} {\n${lines.join('\n')}\n${indent}}`;
};

// Array.isArray does not narrow readonly arrays.
const isNested = (value: HclValue): value is readonly HclEntry[] => Array.isArray(value);

/** Arguments on lines that follow each other form a run; a nested block ends it. */
const widthOfRun = (entries: readonly HclEntry[], index: number): number => {
  const breaks = ([, value]: HclEntry) => isNested(value);
  if (entries.slice(index, index + 1).some(breaks)) return 0;
  const before = entries.slice(0, index).findLastIndex(breaks);
  const after = entries.findIndex((entry, at) => at > index && breaks(entry));
  return Math.max(
    ...entries.slice(before + 1, after === -1 ? undefined : after).map(([name]) => name.length),
  );
};
