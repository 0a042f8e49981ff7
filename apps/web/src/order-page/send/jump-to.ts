/** Brings an element into sight, clear of the bar below, and gives it the focus. */
export const jumpTo = (id: string): void => {
  const element = document.getElementById(id);
  if (element === null) return;
  element.scrollIntoView({
    block: 'center',
    behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
  });
  element.focus({ preventScroll: true });
};
