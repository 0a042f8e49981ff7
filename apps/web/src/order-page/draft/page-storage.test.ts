import { describe, expect, it } from 'vitest';
import { createPageStorage } from './page-storage.ts';

/** localStorage with so much room; a browser's throws when it is full. */
const createStorage = (room: number): Storage => {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem: (key, text) => {
      if (text.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, text);
    },
  };
};

describe('the storage of a page', () => {
  it('goes on in memory where the browser keeps nothing, and says so', () => {
    const storage = createPageStorage(() => {
      throw new DOMException('refused', 'SecurityError');
    });
    storage.write('a', 'text');
    expect([storage.keeps, storage.read('a')]).toEqual([false, 'text']);
    storage.remove('a');
    expect(storage.read('a')).toBeNull();
  });

  it('that is full leaves no older text behind, and still knows the newer', () => {
    const browser = createStorage(5);
    const storage = createPageStorage(() => browser);
    storage.write('a', 'old');
    storage.write('a', 'much newer');
    expect(browser.getItem('a')).toBeNull();
    expect(storage.read('a')).toBe('much newer');
    storage.write('a', 'short');
    expect(createPageStorage(() => browser).read('a')).toBe('short');
  });
});
