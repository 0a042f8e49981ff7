/** A text in quotes, and the colon behind it where it is a name. Linear: no part can match in two ways. */
const quoted = /"(?:[^"\\]|\\.)*"(?<colon>\s*:)?/g;

/** One line of JSON with its names and texts told apart. Anything else, and broken JSON, is shown as it is. */
export const JsonLine = ({ text }: { text: string }) => {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(quoted)) {
    const isName = match.groups?.['colon'] !== undefined;
    parts.push(
      text.slice(done, match.index),
      <span key={match.index} className={isName ? 'wl-json-name' : 'wl-json-text'}>
        {match[0]}
      </span>,
    );
    done = match.index + match[0].length;
  }
  parts.push(text.slice(done));
  return parts;
};
