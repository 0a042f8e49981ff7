import { useEffect, useState } from 'react';

/** The time, anew every so often, for texts such as `in 3 hours`. Milliseconds since 1970. */
export const useNow = (everyMilliseconds: number): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMilliseconds);
    return () => clearInterval(timer);
  }, [everyMilliseconds]);
  return now;
};
