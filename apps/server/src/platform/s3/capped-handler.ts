import { Readable, Transform, pipeline } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';

type Handle = NodeHttpHandler['handle'];

/** A page of 1,000 keys of 1,024 escaped bytes each fits. */
const maxDocumentBytes = 4 * 1024 * 1024;
/** S3's errors are a few hundred bytes. */
const maxErrorBytes = 64 * 1024;

/** What came is larger than what is read here. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

/**
 * The SDK reads XML answers whole, and whoever runs the endpoint decides how long they are: this ends them at 4 MiB.
 * Parsing holds up the whole process, and anybody can ask for a picture that is not there: of a longer error only the
 * status counts. The body of GetObject is left to its reader, who has a limit of its own.
 */
export class CappedHttpHandler extends NodeHttpHandler {
  override async handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const answer = await super.handle(request, options);
    const { response } = answer;
    const isObject = request.query['x-id'] === 'GetObject' && response.statusCode < 300;
    if (!isObject && response.body instanceof Readable)
      response.body = capped(response.body, response.statusCode >= 300);
    return answer;
  }
}

const capped = (body: Readable, isError: boolean): Readable => {
  let seen = 0;
  let words: Buffer[] = [];
  const cap = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      seen += chunk.length;
      if (seen > maxDocumentBytes)
        done(new AnswerTooLarge(`The answer is larger than ${maxDocumentBytes} bytes.`));
      else if (isError) {
        if (seen > maxErrorBytes) words = [];
        else words.push(chunk);
        done();
      } else done(null, chunk);
    },
    flush: (done) => done(null, Buffer.concat(words)),
  });
  // Its reader learns of every error; nothing is left to do here.
  pipeline(body, cap, () => {});
  return cap;
};
