import { expect } from 'vitest';

interface Failure {
  name?: string;
  Code?: string;
  $metadata?: { httpStatusCode?: number };
}

const failureOf = async (call: Promise<unknown>): Promise<Failure | null> => {
  try {
    await call;
    return null;
  } catch (error) {
    // Whatever the SDK throws has these fields or none of them.
    return error as Failure;
  }
};

/** The call is refused with this status and, where the answer has a body, this code of S3. */
export const expectRefused = async (call: Promise<unknown>, status: number, code?: string): Promise<void> => {
  const failure = await failureOf(call);
  expect(failure, 'the call succeeded').not.toBeNull();
  expect({
    status: failure?.$metadata?.httpStatusCode,
    code: code === undefined ? undefined : (failure?.Code ?? failure?.name),
  }).toEqual({ status, code });
};

/** The same for an answer of plain HTTP. */
export const expectAnswer = async (answer: Response, status: number, code?: string): Promise<string> => {
  const body = await answer.text();
  expect({ status: answer.status, code: /<Code>([^<]+)<\/Code>/.exec(body)?.[1] }).toEqual({
    status,
    code: code ?? (answer.status < 300 ? undefined : expect.anything()),
  });
  return body;
};
