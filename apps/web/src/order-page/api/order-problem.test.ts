import { describe, expect, it } from 'vitest';
import { mayPass, problemOf, problemOfAnswer } from './order-problem.ts';

const headers = new Headers({ 'x-request-id': 'req-1', 'retry-after': '30' });

describe('what went wrong', () => {
  it('is told in the words of the API', () => {
    const body = {
      code: 'tooManyRequests',
      title: 'Too many requests',
      detail: 'Ten in a minute.',
      next: 'Wait.',
      errors: [{ path: 'files', message: 'has no file' }, 'broken'],
    };
    expect(problemOf(problemOfAnswer(429, headers, body))).toEqual({
      ...body,
      errors: [body.errors[0]],
      status: 429,
      requestId: 'req-1',
      retryAfterSeconds: 30,
    });
  });

  it('is told by its status where something in between has answered', () => {
    const facts = problemOf(problemOfAnswer(502, new Headers(), '<html>'));
    expect(facts).toMatchObject({ code: 'unexpectedAnswer', status: 502, requestId: null });
    expect(facts.detail).toContain('502');
  });

  it('may pass where there was no answer, too many asked, or the server is in trouble', () => {
    expect([0, 429, 500, 503].map((status) => mayPass({ status }))).toEqual([true, true, true, true]);
    expect([400, 403, 409].some((status) => mayPass({ status }))).toBe(false);
  });

  it('is no connection, a long silence, or a fault of the page', () => {
    expect(problemOf(new TypeError('Failed to fetch')).code).toBe('offline');
    expect(problemOf(new DOMException('late', 'TimeoutError')).code).toBe('timedOut');
    expect(problemOf(new TypeError('x is not a function')).code).toBe('unexpected');
  });
});
