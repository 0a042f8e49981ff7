import { orderId } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { fieldErrors, isMissing, mayPass, problemFromAnswer, toProblem } from './problem.ts';

const wire = {
  type: 'about:blank',
  title: 'The request is not valid',
  status: 400,
  code: 'invalidRequest',
  detail: 'Two fields are wrong.',
  next: 'Mend them.',
  requestId: 'req-1',
  errors: [
    { path: 'body.name', message: 'is taken' },
    { path: 'credentials.accessKeyId', message: 'is empty' },
  ],
};

describe('problemFromAnswer', () => {
  it('keeps code, detail, next step and request id of a problem document', () => {
    const problem = problemFromAnswer(400, wire, 'other');
    expect(problem).toMatchObject({
      code: 'invalidRequest',
      status: 400,
      next: 'Mend them.',
      requestId: 'req-1',
    });
    expect(problem.message).toBe('Two fields are wrong.');
  });

  it('lets the status speak when a proxy answered with a page of its own', () => {
    expect(problemFromAnswer(429, undefined, null)).toMatchObject({
      code: 'tooManyRequests',
      requestId: null,
    });
    expect(problemFromAnswer(502, '<html>', 'req-2')).toMatchObject({
      code: 'unexpectedAnswer',
      requestId: 'req-2',
    });
  });

  it('does not trust a document with a code that it does not know', () => {
    expect(problemFromAnswer(418, { ...wire, code: 'teapot' }, null).code).toBe('unexpectedAnswer');
  });
});

describe('fieldErrors', () => {
  it('gives messages by field', () => {
    expect(fieldErrors(problemFromAnswer(400, wire, null))).toEqual({
      name: 'Is taken.',
      'credentials.accessKeyId': 'Is empty.',
    });
  });
  it('puts a taken name on the name', () => {
    const { errors: _, ...taken } = { ...wire, code: 'nameTaken', status: 409 };
    expect(Object.keys(fieldErrors(problemFromAnswer(409, taken, null)))).toEqual(['name']);
  });
  it('has nothing to say about other errors', () => expect(fieldErrors(new Error('x'))).toEqual({}));
});

describe('toProblem', () => {
  it('names a timeout as one', () => {
    expect(toProblem(new DOMException('', 'TimeoutError')).code).toBe('timedOut');
  });
  it('keeps the cause of what it does not know', () => {
    const cause = new Error('broken');
    expect(toProblem(cause)).toMatchObject({ detail: 'broken', cause });
  });
});

describe('mayPass', () => {
  it.each([
    [0, true],
    [404, false],
    [429, true],
    [503, true],
  ])('%i: %s', (status, expected) => expect(mayPass({ status })).toBe(expected));
});

const answer = (code: string, errors?: object[]) =>
  problemFromAnswer(code === 'notFound' ? 404 : 400, { ...wire, code, errors }, null);

describe('isMissing', () => {
  it('holds for what is not there, and for what can be the id of nothing', () => {
    expect(isMissing(answer('notFound'))).toBe(true);
    const message = orderId.safeParse('ord_zzz').error?.issues[0]?.message;
    expect(message).toBe('is not the id of an order');
    expect(isMissing(answer('invalidRequest', [{ path: 'orderId', message }]))).toBe(true);
  });
  it('does not hold for another fault', () => {
    expect(isMissing(answer('invalidRequest', [{ path: 'name', message: 'is empty' }]))).toBe(false);
    expect(isMissing(answer('invalidRequest'))).toBe(false);
    expect(isMissing(new Error('x'))).toBe(false);
  });
});
