import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * How many of a long list are on the page: so many at first, and more whenever its end comes near the window.
 *
 * @returns the number, what to put at the end of the list, and how to ask for more by hand
 */
export const useGrowing = (step: number, total: number) => {
  const [shown, setShown] = useState(step);
  const end = useRef<HTMLDivElement>(null);
  const more = useCallback(() => setShown((count) => count + step), [step]);
  const left = Math.max(0, total - shown);
  useEffect(() => {
    const element = end.current;
    if (element === null || left === 0) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) more();
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
    // Observed anew after each step: an end that is still near tells of no change.
  }, [left, more]);
  return { shown: Math.min(shown, total), left, end, more };
};
