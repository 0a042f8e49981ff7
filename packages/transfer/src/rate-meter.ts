const slotMs = 250;
const windowMs = 8000;

export interface RateMeter {
  /** @param now milliseconds of a steady clock, never less than before */
  add(bytes: number, now: number): void;
  /** Over the last seconds, or since the first byte where that is later. */
  bytesPerSecond(now: number): number;
}

/** Counts bytes in slots of a quarter of a second, so that its cost does not depend on how often it hears of them. */
export const createRateMeter = (): RateMeter => {
  let slots: { at: number; bytes: number }[] = [];
  let first: number | null = null;

  const forget = (now: number): void => {
    if ((slots[0]?.at ?? now) < now - windowMs) slots = slots.filter(({ at }) => at >= now - windowMs);
    if (slots.length === 0) first = null;
  };

  return {
    add(bytes, now) {
      forget(now);
      first ??= now;
      const at = now - (now % slotMs);
      const last = slots.at(-1);
      if (last?.at === at) last.bytes += bytes;
      else slots.push({ at, bytes });
    },
    bytesPerSecond(now) {
      forget(now);
      if (first === null) return 0;
      const sum = slots.reduce((total, { bytes }) => total + bytes, 0);
      return (sum * 1000) / Math.min(windowMs, Math.max(now - first, slotMs));
    },
  };
};
