import { Copy } from './copy.tsx';

interface CodeBlockProps {
  code: string;
  /** `URL`, `HTML`, `JSON`: names the block and the copy button. */
  what: string;
  /** Lines beyond this are folded until asked for. */
  foldAfter?: number;
}

const Lines = ({ lines, from }: { lines: readonly string[]; from: number }) =>
  lines.map((line, index) => (
    // Lines have no identity but their number.
    // oxlint-disable-next-line react/no-array-index-key
    <span key={from + index} className="wl-code-line" data-line={from + index}>
      {line === '' ? ' ' : line}
    </span>
  ));

/** Code or JSON with line numbers and a copy button; folded when long. */
export const CodeBlock = ({ code, what, foldAfter = 24 }: CodeBlockProps) => {
  const lines = code.split('\n');
  return (
    <figure className="wl-code" aria-label={what}>
      <figcaption className="wl-code-head">
        <span>{what}</span>
        <Copy text={code} what={what} />
      </figcaption>
      <pre className="wl-code-body" data-numbered={lines.length > 1 || undefined}>
        <code>
          <Lines lines={lines.slice(0, foldAfter)} from={1} />
        </code>
      </pre>
      {lines.length > foldAfter && (
        <details>
          <summary>{lines.length - foldAfter} more lines</summary>
          <pre className="wl-code-body" data-numbered>
            <code>
              <Lines lines={lines.slice(foldAfter)} from={foldAfter + 1} />
            </code>
          </pre>
        </details>
      )}
    </figure>
  );
};
