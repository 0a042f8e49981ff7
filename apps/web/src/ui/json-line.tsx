/** A text in quotes; it is a name where a colon follows. Linear: no part can match in two ways. */
const quoted = /"(?:[^"\\]|\\.)*"/g;

/** One line of JSON with its names and texts told apart. Anything else, and broken JSON, is shown as it is. */
export const JsonLine = ({ text }: { text: string }) => {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(quoted)) {
    const end = match.index + match[0].length;
    const isName = text.slice(end).trimStart().startsWith(':');
    parts.push(
      text.slice(done, match.index),
      <span key={match.index} className={isName ? 'wl-json-name' : 'wl-json-text'}>
        {match[0]}
      </span>,
    );
    done = end;
  }
  parts.push(text.slice(done));
  return parts;
};
