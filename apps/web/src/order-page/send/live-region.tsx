import { useEffect, useState } from 'react';
import { useOrder } from '../session/session-context.ts';
import { announcement, toldOf, type Told } from './announcement.ts';

/** Changes are gathered for so long, so that thirty small files are one sentence. */
const gatherMilliseconds = 1500;

const same = (one: Told, other: Told): boolean =>
  one.count === other.count &&
  one.received === other.received &&
  one.failed === other.failed &&
  one.number === other.number;

/** Tells screen readers how the order gets on. */
export const LiveRegion = () => {
  const { store } = useOrder();
  const [text, setText] = useState('');
  useEffect(() => {
    let told = toldOf(store.get());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = () => {
      timer = undefined;
      const now = toldOf(store.get());
      const next = announcement(told, now);
      told = now;
      if (next !== '') setText(next);
    };
    const stop = store.subscribe(() => {
      if (timer === undefined && !same(told, toldOf(store.get())))
        timer = setTimeout(say, gatherMilliseconds);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [store]);
  return (
    <p className="unseen" role="status">
      {text}
    </p>
  );
};
