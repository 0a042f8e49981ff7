/** What is wrong with a character of a name: nobody typed it, it turns the letters beside it around, or nobody sees it. */
export const deceptions = ['control', 'direction', 'invisible'] as const;
export type Deception = (typeof deceptions)[number];

/** Marks, embeddings, overrides and isolates: `gpj.exe` can be made to look like `exe.jpg` (Unicode TR 36, 3.1). */
const direction = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * All that a renderer leaves out (Unicode `Default_Ignorable_Code_Point`), and the separators of lines and paragraphs. The
 * joiners stay, which Persian, the scripts of India and emoji are written with, and the selectors of a letter's form.
 */
const unseen = /[[\p{DI}\p{Zl}\p{Zp}]--[\u200c\u200d\p{VS}]]/v;

const control = /\p{Cc}/u;

/** A flag of a region, as that of Scotland: its letters are tags that are invisible anywhere else (UTS 51, ED-14a). */
const flag = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/gu;

/**
 * The first kind of character in a name that makes it look like another one; null where it looks like what it is.
 *
 * @example findDeception('exe\u202egpj') // 'direction'
 * @example findDeception('👩‍🚀.jpg') // null
 */
export const findDeception = (name: string): Deception | null => {
  if (control.test(name)) return 'control';
  if (direction.test(name)) return 'direction';
  return unseen.test(name.replaceAll(flag, '')) ? 'invisible' : null;
};

const each = new RegExp(`(${flag.source})|${control.source}|${unseen.source}`, 'gv');

/**
 * A name with something to see in the place of every such character.
 *
 * @example replaceDeceptions('exe\u202egpj', '_') // 'exe_gpj'
 */
export const replaceDeceptions = (name: string, by: string): string =>
  name.replaceAll(each, (_, whole: string | undefined) => whole ?? by);
