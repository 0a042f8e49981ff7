/** Words that documentation puts where a name of one's own belongs. Judged within one part of an ARN, whatever its case. */
const placeholderForms: readonly RegExp[] = [
  /[<>]/,
  /^\[.*\]$/,
  /\{\{|\}\}/,
  /%[A-Za-z_]+%/,
  /\$\{(?:[A-Z][A-Z0-9_]*|AWS::\w+|(?:var|local|data|module)\.[^}]*)\}/,
  /(?:^|[-_./])your(?:own)?[-_. ]?(?:s3)?[-_. ]?(?:aws|bucket|account|prefix|folder|org|domain|vpce?|user|role|key|name|id|company)/i,
  /^(?:my|the|custom|s3|target|source|destination|dest)?[-_]?bucket[-_]?name$/i,
  /^(?:name[-_]of[-_])(?:the[-_]|your[-_])?bucket$/i,
  /(?:^|[-_])(?:replace|insert|change)[-_]?(?:me|this|with|your|the|bucket|account|name|here)/i,
  /^(?:doc-)?example-bucket\d*$/,
  /^(?:aws[-_]?)?account[-_]?(?:id|number)(?:[-_].*)?$/i,
  /(?:^|-)x{8,}$/i,
];

/** Words that are placeholders only in capitals: a bucket's name has none. */
const capitals = /^[A-Z][A-Z0-9_-]*$/;
// Ids in examples of AWS hold the word too, in one piece: AROAEXAMPLEID, EDFDVBD6EXAMPLE.
const capitalWords =
  /(?:^|[-_])(?:BUCKET|EXAMPLE|NAME|REPLACE|YOUR|INSERT|PLACEHOLDER|ACCOUNT|CHANGE|TODO)(?:$|[-_])|^(?:BUCKET|YOUR|REPLACE|INSERT)/;

/** No placeholder is longer, and a bound keeps the forms above cheap on any text. */
const longest = 200;

/**
 * The part of a text that is still a placeholder, or null.
 *
 * @example placeholderIn('arn:aws:s3:::YOUR-BUCKET-NAME/uploads/*') // 'YOUR-BUCKET-NAME'
 */
export const placeholderIn = (text: string): string | null => {
  // A template's parameter has colons and dots of its own: `${AWS::AccountId}`.
  const parts = text.includes('${') ? [text, ...text.split(/[:/]/)] : text.split(/[:/]/);
  for (const part of parts) {
    if (part === '' || part.length > longest) continue;
    if (part === text && text.includes('${')) {
      const template = placeholderForms[4]?.exec(text);
      if (template) return template[0];
      continue;
    }
    if (capitals.test(part) && capitalWords.test(part)) return part;
    if (placeholderForms.some((form) => form.test(part))) return part;
  }
  return null;
};
