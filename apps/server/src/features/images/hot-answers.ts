import { clientClass } from '@windlass/images';
import type { SourceId } from '@windlass/contract';
import type { HeaderPairs } from './delivery-headers.ts';
import type { HotAnswer } from './hot-answer.ts';

export interface HotAnswers {
  /** What makes two requests equal: all that an answer may depend on, but conditions. */
  nameOf(target: string, host: string | undefined, accept: string | undefined, saves: boolean): string;
  /** By the name of `nameOf`; undefined where there is none, or it has had its time. */
  get(name: string, now: number): HotAnswer | undefined;
  put(name: string, answer: HotAnswer): void;
  /** Of one source; null: of all. */
  clear(sourceId: SourceId | null): void;
  /** Lets go of all that have had their time, whoever asks for them again or not. */
  sweep(now: number): void;
  readonly size: number;
  /** Of bodies, headers and names. */
  readonly bytes: number;
}

export interface HotAnswersOptions {
  /** Of bodies, which the memory tier mostly holds too, and of names and headers, which nobody else holds. */
  maxBytes: number;
  /** Host-label mode is on. Else no answer depends on the host, and made-up ones must not make entries. Default: false. */
  hostNamesSource?: boolean;
}

const maxEntries = 4096;
/** Larger ones are rare, and sending them costs more than finding them. */
const maxBodyBytes = 1024 * 1024;
/** URLs of pages are shorter; longer ones take the longer way, which ends in the same memory tier. */
const maxNameLength = 1024;

/** Browsers have a handful of Accept headers; beyond this many somebody makes them up. */
const maxClasses = 256;
/** Those of browsers are far shorter; a longer one is read anew each time. */
const maxAcceptLength = 512;

/** Beside its text, a string costs its own head and its place in an array. */
const stringBytes = 24;
const textBytes = (headers: HeaderPairs): number =>
  headers.reduce((total, text) => total + text.length + stringBytes, 0);

const sizeOf = (name: string, { whole, notModifiedHeaders }: HotAnswer): number =>
  name.length +
  textBytes(notModifiedHeaders) +
  (whole === null ? 0 : textBytes(whole.headers) + whole.body.byteLength);

/** Bounded by number and by bytes; whoever must go is the oldest, which would be the next to end anyway. */
export const createHotAnswers = ({ maxBytes, hostNamesSource = false }: HotAnswersOptions): HotAnswers => {
  /** With the size of each as it was counted: headers change with every request that they answer. */
  const entries = new Map<string, { answer: HotAnswer; size: number }>();
  const classes = new Map<string, string>();
  let bytes = 0;

  const remove = (name: string): void => {
    bytes -= entries.get(name)?.size ?? 0;
    entries.delete(name);
  };

  const classOf = (accept: string | undefined, saveData: boolean): string => {
    if (accept !== undefined && accept.length > maxAcceptLength) return clientClass({ accept, saveData });
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
    nameOf: (target, host, accept, saves) =>
      `${target}\n${hostNamesSource ? host : ''}\n${classOf(accept, saves)}`,
    get: (name, now) => {
      // No such name was kept, and to look for it would be to read all of it.
      const answer = name.length > maxNameLength ? undefined : entries.get(name)?.answer;
      if (answer === undefined || answer.until > now) return answer;
      remove(name);
      return undefined;
    },
    put: (name, answer) => {
      if (name.length > maxNameLength || (answer.whole?.body.byteLength ?? 0) > maxBodyBytes) return;
      remove(name);
      const size = sizeOf(name, answer);
      entries.set(name, { answer, size });
      bytes += size;
      for (const oldName of entries.keys()) {
        if (entries.size <= maxEntries && bytes <= maxBytes) break;
        remove(oldName);
      }
    },
    clear: (sourceId) => {
      for (const [name, { answer }] of entries) {
        if (sourceId === null || answer.source.sourceId === sourceId) remove(name);
      }
    },
    sweep: (now) => {
      for (const [name, { answer }] of entries) {
        if (answer.until <= now) remove(name);
      }
    },
    get size() {
      return entries.size;
    },
    get bytes() {
      return bytes;
    },
  };
};
