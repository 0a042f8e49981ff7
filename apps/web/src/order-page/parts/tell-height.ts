/** What a page in a frame tells the page around it: `{ type: 'windlass:height', height }`, in CSS pixels. */
export interface HeightMessage {
  type: 'windlass:height';
  height: number;
}

/**
 * Tells the page around a frame how tall this one is, whenever that changes, so that it needs no scroll bar of its own. It
 * is a number and nothing else, hence to any origin.
 */
export const tellHeight = (): void => {
  if (window.parent === window) return;
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    window.parent.postMessage({ type: 'windlass:height', height } satisfies HeightMessage, '*');
  };
  new ResizeObserver(tell).observe(document.documentElement);
  tell();
};
