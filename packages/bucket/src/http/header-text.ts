import { S3Error } from '../s3-error.ts';

/**
 * Text from a query or a form that will stand in a header: its UTF-8 bytes, one character each. Control characters would
 * end the header, so they are refused with InvalidArgument (RFC 9110 5.5).
 */
export function headerText(name: string, text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what this refuses
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text)) {
    throw new S3Error('InvalidArgument', 'A header value must not hold control characters.', {
      ArgumentName: name,
    });
  }
  return Buffer.from(text, 'utf8').toString('latin1').trim();
}
