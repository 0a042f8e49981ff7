import { clientClass } from '@windlass/images';
import type { SourceId } from '@windlass/contract';
import type { HotAnswer } from './hot-answer.ts';

export interface HotAnswers {
  /** What makes two requests equal: all that an answer may depend on, but conditions. */
  nameOf(target: string, host: string | undefined, accept: string | undefined, saves: boolean): string;
  /** By the name of `nameOf`; undefined where there is none, or it has had its time. */
  get(name: string, now: number): HotAnswer | undefined;
  put(name: string, answer: HotAnswer): void;
  /** Of one source; null: of all. */
  clear(sourceId: SourceId | null): void;
  readonly size: number;
}

const maxEntries = 4096;
/** Larger ones are rare, and sending them costs more than finding them. */
const maxBodyBytes = 1024 * 1024;

/** Browsers have a handful of Accept headers; beyond this many somebody makes them up. */
const maxClasses = 256;

const sizeOf = ({ whole }: HotAnswer): number => whole?.body.byteLength ?? 0;

/**
 * Bounded by number and by bytes; whoever must go is the oldest, which would be the next to end anyway.
 *
 * @param maxBytes of bodies, which the memory tier mostly holds too
 */
export const createHotAnswers = (maxBytes: number): HotAnswers => {
  const answers = new Map<string, HotAnswer>();
  const classes = new Map<string, string>();
  let bytes = 0;

  const remove = (name: string, answer: HotAnswer): void => {
    answers.delete(name);
    bytes -= sizeOf(answer);
  };

  const classOf = (accept: string | undefined, saveData: boolean): string => {
    const name = `${saveData ? '1' : '0'}${accept}`;
    const known = classes.get(name);
    if (known !== undefined) return known;
    const found = clientClass({ accept, saveData });
    if (classes.size >= maxClasses) classes.clear();
    classes.set(name, found);
    return found;
  };

  return {
    // A line feed can be in none of them.
    nameOf: (target, host, accept, saves) => `${target}\n${host}\n${classOf(accept, saves)}`,
    get: (name, now) => {
      const answer = answers.get(name);
      if (answer === undefined || answer.until > now) return answer;
      remove(name, answer);
      return undefined;
    },
    put: (name, answer) => {
      if (sizeOf(answer) > maxBodyBytes) return;
      const before = answers.get(name);
      if (before !== undefined) remove(name, before);
      answers.set(name, answer);
      bytes += sizeOf(answer);
      for (const [oldName, old] of answers) {
        if (answers.size <= maxEntries && bytes <= maxBytes) break;
        remove(oldName, old);
      }
    },
    clear: (sourceId) => {
      for (const [name, answer] of answers) {
        if (sourceId === null || answer.source.sourceId === sourceId) remove(name, answer);
      }
    },
    get size() {
      return answers.size;
    },
  };
};
