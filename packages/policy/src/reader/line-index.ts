/** A stretch of the text that was read. Lines and columns count from 1, columns in UTF-16 units; offsets from 0. */
export interface TextSpan {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly start: number;
  readonly end: number;
}

/** Turns offsets into lines and columns. Lines end as an editor ends them: LF, CR or CR LF. */
export const createLineIndex = (text: string): ((start: number, end: number) => TextSpan) => {
  const starts = lineStarts(text);
  const place = (offset: number): { line: number; column: number } => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
  return (start, end) => {
    const from = place(start);
    const to = place(end);
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column, start, end };
  };
};

const lineStarts = (text: string): readonly number[] => {
  const starts = [0];
  const hasReturns = text.includes('\r');
  for (let at = nextEnd(text, 0, hasReturns); at !== -1; at = nextEnd(text, at + 1, hasReturns))
    if (text[at] !== '\r' || text[at + 1] !== '\n') starts.push(at + 1);
  return starts;
};

/** Where the next line feed or carriage return is; -1 when there is none. */
const nextEnd = (text: string, from: number, hasReturns: boolean): number => {
  if (!hasReturns) return text.indexOf('\n', from);
  for (let at = from; at < text.length; at += 1) if (text[at] === '\n' || text[at] === '\r') return at;
  return -1;
};
