import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { readParameters, writeParameters, type ImageParameters } from '../../../lib/image-parameters.ts';
import { ordered } from './catalog.ts';

const settleAfterMilliseconds = 300;
const mostUndone = 30;

export interface Explored {
  /** As the controls hold them now. */
  values: ImageParameters;
  /** As the picture shows them: the ones of the page's address. */
  settled: ImageParameters;
  /** What was settled before; null at first. */
  before: ImageParameters | null;
  change: (values: ImageParameters) => void;
  /** Sets one parameter; undefined leaves it out. */
  set: (name: string, text: string | undefined) => void;
  /** Goes one settled state back; null where there is none. */
  undo: (() => void) | null;
}

/**
 * The parameters under the person's hands. What they come to rest at goes into the page's address, so that a page can be
 * shared, and the browser's back button and a link change them too.
 *
 * @param query of the address
 * @param onQuery puts another one there
 */
export const useExplored = (query: string, onQuery: (query: string) => void): Explored => {
  const [values, setValues] = useState(() => readParameters(query));
  const [past, setPast] = useState<readonly string[]>([]);
  const [seen, setSeen] = useState(query);
  const [written, setWritten] = useState(query);
  if (seen !== query) {
    setSeen(query);
    // Not ours: somebody went back, or followed a link.
    if (query !== written) {
      setValues(readParameters(query));
      setWritten(query);
    }
  }
  const write = (text: string) => {
    setWritten(text);
    onQuery(text);
  };
  const settle = useDebouncedCallback((next: ImageParameters) => {
    const text = writeParameters(next);
    if (text === query) return;
    setPast((known) => [...known, query].slice(-mostUndone));
    write(text);
  }, settleAfterMilliseconds);
  const change = (next: ImageParameters) => {
    const sorted = ordered(next);
    setValues(sorted);
    settle(sorted);
  };
  const last = past.at(-1);
  return {
    values,
    settled: readParameters(query),
    before: last === undefined ? null : readParameters(last),
    change,
    set: (name, text) => {
      const { [name]: _, ...rest } = values;
      change(text === undefined ? rest : { ...rest, [name]: text });
    },
    undo:
      last === undefined
        ? null
        : () => {
            settle.cancel();
            setPast(past.slice(0, -1));
            setValues(readParameters(last));
            write(last);
          },
  };
};
