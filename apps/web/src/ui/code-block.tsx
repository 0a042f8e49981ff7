import type { ReactNode } from 'react';
import type { Tone } from '../lib/tone.ts';
import { Copy } from './copy.tsx';

/** How one line is shown, where that is more than its text. */
export interface LineLook {
  content?: ReactNode;
  /** Beside the line's number: what was found there. */
  mark?: ReactNode;
  /** Lights the line. */
  lit?: Tone | undefined;
}

interface CodeBlockProps {
  code: string;
  /** `URL`, `HTML`, `JSON`: names the block and the copy button. */
  what: string;
  /** Lines beyond this are folded until asked for. */
  foldAfter?: number;
  /** @param line its number, from 1. */
  lookOf?: (text: string, line: number) => LineLook;
  /** True opens the folded part: something in it is to be seen. */
  unfolded?: boolean;
}

interface LinesProps extends Pick<CodeBlockProps, 'lookOf'> {
  lines: readonly string[];
  from: number;
}

const Lines = ({ lines, from, lookOf }: LinesProps) =>
  lines.map((text, index) => {
    const line = from + index;
    const { content = text, mark, lit } = lookOf?.(text, line) ?? {};
    return (
      <span key={line} className="wl-code-line" data-line={line} data-lit={lit}>
        {mark}
        {text === '' ? ' ' : content}
      </span>
    );
  });

/** Code with line numbers and a copy button; folded when long. JSON is shown by `JsonView`, which is built on it. */
export const CodeBlock = ({ code, what, foldAfter = 24, lookOf, unfolded = false }: CodeBlockProps) => {
  const lines = code.split('\n');
  const look = lookOf === undefined ? {} : { lookOf };
  return (
    <figure className="wl-code" aria-label={what}>
      <figcaption className="wl-code-head">
        <span>{what}</span>
        <Copy text={code} what={what} />
      </figcaption>
      <pre className="wl-code-body" data-numbered={lines.length > 1 || undefined}>
        <code>
          <Lines lines={lines.slice(0, foldAfter)} from={1} {...look} />
        </code>
      </pre>
      {lines.length > foldAfter && (
        <details open={unfolded}>
          <summary>{lines.length - foldAfter} more lines</summary>
          <pre className="wl-code-body" data-numbered>
            <code>
              <Lines lines={lines.slice(foldAfter)} from={foldAfter + 1} {...look} />
            </code>
          </pre>
        </details>
      )}
    </figure>
  );
};
