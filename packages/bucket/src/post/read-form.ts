import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { S3Error } from '../s3-error.ts';

export interface PostForm {
  /** By lower-case name, in the order they came. */
  fields: Map<string, string>;
  /** The part named `file`; what comes after it is ignored. It ends with an error when the form is cut short. */
  file: Readable;
  filename: string;
}

/** AWS: POST object, at most 20 KB before the file. */
const maximumFieldBytes = 20 * 1024;
const maximumFields = 100;

/**
 * Reads a form up to its file, whose bytes then stream. Throws MalformedPOSTRequest, InvalidArgument,
 * MaxPostPreDataLengthExceededError.
 */
export function readForm(contentType: string, body: Readable): Promise<PostForm> {
  return new Promise((resolve, reject) => {
    let parser: ReturnType<typeof createParser>;
    try {
      parser = createParser(contentType);
    } catch (cause) {
      reject(malformed(cause));
      return;
    }
    const fields = new Map<string, string>();
    let file: PassThrough | undefined;
    let size = 0;

    function fail(error: unknown): void {
      const known = error instanceof S3Error ? error : malformed(error);
      body.unpipe(parser);
      file?.destroy(known);
      reject(known);
    }

    parser.on('field', (name, value, nameTruncated, valueTruncated) => {
      if (file !== undefined) return;
      const lower = name.toLowerCase();
      size += Buffer.byteLength(name) + Buffer.byteLength(value);
      if (size > maximumFieldBytes || nameTruncated || valueTruncated) {
        fail(new S3Error('MaxPostPreDataLengthExceededError'));
      } else if (fields.has(lower)) {
        fail(new S3Error('InvalidArgument', 'A field was given more than once.', { ArgumentName: lower }));
      } else {
        fields.set(lower, value);
      }
    });
    parser.on('file', (name, stream, filename) => {
      if (file !== undefined || name?.toLowerCase() !== 'file') {
        stream.resume();
        if (file === undefined) fail(onlyOneFile());
        return;
      }
      const opened = new PassThrough();
      file = opened;
      // Held back until the parser has seen the whole form: the end of the file alone does not say that none is missing.
      stream.on('error', fail);
      stream.pipe(opened, { end: false });
      // Whoever stops reading the file must not stop the form: what is left is thrown away.
      opened.on('close', () => {
        stream.unpipe(opened);
        stream.resume();
      });
      resolve({ fields, file: opened, filename });
    });
    for (const limit of ['partsLimit', 'fieldsLimit', 'filesLimit'] as const) {
      parser.on(limit, () => fail(new S3Error('MaxPostPreDataLengthExceededError')));
    }
    parser.on('error', fail);
    parser.on('finish', () => {
      if (file === undefined) reject(onlyOneFile());
      else file.end();
    });
    body.on('error', fail);
    body.pipe(parser);
  });
}

const malformed = (cause: unknown): S3Error => new S3Error('MalformedPOSTRequest', undefined, {}, cause);

const onlyOneFile = (): S3Error =>
  new S3Error('InvalidArgument', 'POST requires exactly one file upload per request.', {
    ArgumentName: 'file',
  });

function createParser(contentType: string): InstanceType<typeof Busboy> {
  return new Busboy({
    headers: { 'content-type': contentType },
    // The part is the file by its name, whatever its headers say.
    isPartAFile: (name) => name?.toLowerCase() === 'file',
    limits: {
      fieldNameSize: 256,
      fieldSize: maximumFieldBytes,
      fields: maximumFields,
      files: 1,
      parts: maximumFields + 1,
      headerPairs: 20,
      headerSize: 4096,
    },
  });
}
