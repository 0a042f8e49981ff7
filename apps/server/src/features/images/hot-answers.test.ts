import { describe, expect, it } from 'vitest';
import { newId } from '../../kernel/new-id.ts';
import type { HotAnswer } from './hot-answer.ts';
import { createHotAnswers } from './hot-answers.ts';

const KiB = 1024;
const source = { sourceId: newId('src'), teamId: newId('team') };

const answer = (bodyBytes: number | null, more: Partial<HotAnswer> = {}): HotAnswer => ({
  source,
  key: 'k',
  until: 2000,
  etag: '"e"',
  notModifiedHeaders: ['x-request-id', ''],
  whole: bodyBytes === null ? null : { headers: ['x-request-id', ''], body: new Uint8Array(bodyBytes) },
  served: 0,
  notModified: 0,
  ...more,
});

describe('createHotAnswers', () => {
  it('gives an answer until its time is over', () => {
    const answers = createHotAnswers({ maxBytes: 100 * KiB });
    const one = answer(10);
    answers.put('a', one);
    expect(answers.get('a', 1999)).toBe(one);
    expect(answers.get('a', 2000)).toBeUndefined();
    expect(answers.size).toBe(0);
  });

  it('lets the oldest go where bodies are beyond the bound', () => {
    const answers = createHotAnswers({ maxBytes: 100 * KiB });
    for (const name of ['a', 'b', 'c']) answers.put(name, answer(40 * KiB));
    expect(answers.get('a', 0)).toBeUndefined();
    expect(answers.get('b', 0)).toBeDefined();
    expect(answers.bytes).toBeLessThanOrEqual(100 * KiB);
  });

  it('counts names and headers as well as bodies, also of answers without one', () => {
    const answers = createHotAnswers({ maxBytes: 100 * KiB });
    const header = 'h'.repeat(KiB);
    for (let index = 0; index < 500; index += 1) {
      answers.put(`${index}${'n'.repeat(900)}`, answer(null, { notModifiedHeaders: ['download', header] }));
    }
    expect(answers.size).toBeGreaterThan(20);
    expect(answers.size).toBeLessThan(60);
    expect(answers.bytes).toBeLessThanOrEqual(100 * KiB);
  });

  it('counts nothing any more when all are gone, although headers have changed meanwhile', () => {
    const answers = createHotAnswers({ maxBytes: 100 * KiB });
    const one = answer(10);
    answers.put('a', one);
    answers.put('a', one);
    one.notModifiedHeaders[1] = 'the id of a request';
    answers.clear(newId('src'));
    expect(answers.size).toBe(1);
    answers.clear(source.sourceId);
    expect([answers.size, answers.bytes]).toEqual([0, 0]);
  });

  it('keeps no answer under a name beyond a kilobyte', () => {
    const answers = createHotAnswers({ maxBytes: 1024 * KiB });
    answers.put('n'.repeat(1025), answer(10));
    expect(answers.size).toBe(0);
    answers.put('n'.repeat(1024), answer(10));
    expect(answers.size).toBe(1);
  });

  it('forgets at once all that have had their time', () => {
    const answers = createHotAnswers({ maxBytes: 100 * KiB });
    answers.put('late', answer(10, { until: 5000 }));
    answers.put('early', answer(10));
    answers.sweep(2000);
    expect(answers.size).toBe(1);
    expect(answers.get('late', 2000)).toBeDefined();
  });
});

describe('the name of a hot answer', () => {
  it('has the host only where a host may name a source', () => {
    const byPath = createHotAnswers({ maxBytes: KiB });
    const byHost = createHotAnswers({ maxBytes: KiB, hostNamesSource: true });
    const nameAt = (answers: typeof byPath, host: string) => answers.nameOf('/a', host, undefined, false);
    expect(nameAt(byPath, 'one.test')).toBe(nameAt(byPath, 'two.test'));
    expect(nameAt(byHost, 'one.test')).not.toBe(nameAt(byHost, 'two.test'));
  });

  it('is the same for clients that take the same, however much they say', () => {
    const answers = createHotAnswers({ maxBytes: KiB });
    const nameOf = (accept: string | undefined, saves = false) => answers.nameOf('/a', '', accept, saves);
    const long = `image/webp,${'x/y,'.repeat(400)}*/*`;
    expect(nameOf(long)).toBe(nameOf('image/webp,*/*'));
    expect(nameOf(long)).not.toBe(nameOf('*/*'));
    expect(nameOf(long)).not.toBe(nameOf(long, true));
    expect(nameOf('image/webp')).toBe(nameOf('image/webp'));
  });
});
