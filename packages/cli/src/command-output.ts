/** What a command prints to and how. */
export interface CommandOutput {
  /** Standard output: what was asked for. */
  write(text: string): void;
  /** Standard error: what a person should know beside it. */
  warn(text: string): void;
  colours: boolean;
}

export const outputFormats = ['text', 'json'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Examples at the end of a help text. */
export const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;

const codes = { red: 31, green: 32, yellow: 33, magenta: 35, dim: 2 } as const;

export const paint = (
  text: string,
  colour: keyof typeof codes,
  { colours }: Pick<CommandOutput, 'colours'>,
): string => (colours ? `\u001B[${codes[colour]}m${text}\u001B[0m` : text);

/** Text of a file as one line that cannot steer the terminal, nor turn its letters around: policies come from anywhere. */
export const printable = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
