/** One word of a POSIX shell that means exactly this text. */
export const shellWord = (text: string): string =>
  /^[\w./:@=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * A command with its flags on lines of their own and, where there is one, a document on its standard input. The
 * delimiter is quoted, so that nothing in the document is expanded, and no line of JSON reads like it.
 */
export const shellCommand = (
  words: readonly string[],
  flags: readonly (readonly string[])[],
  document?: string,
): string => {
  const lines = [words.join(' '), ...flags.map((flag) => flag.map(shellWord).join(' '))];
  const command = lines.join(' \\\n  ');
  return document === undefined ? command : `${command} <<'JSON'\n${document}\nJSON`;
};

/** A comment; text that came from a person cannot leave its line. */
export const shellComment = (text: string): string => `# ${text.replaceAll(/[\r\n]+/g, ' ')}`;
