import type { TextSpan } from '../lint/finding.ts';

/** Turns offsets into lines and columns. Lines end as an editor ends them: LF, CR or CR LF. */
export const createLineIndex = (text: string): ((start: number, end: number) => TextSpan) => {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
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
