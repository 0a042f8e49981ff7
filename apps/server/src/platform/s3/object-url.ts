import { percentEncode } from '../../kernel/percent-encode.ts';
import type { BucketAddress } from './s3-client.ts';

/**
 * The address of an object, unsigned. Its path is encoded as SigV4 signs it.
 *
 * @example objectUrl(address, 'a b.jpg') // 'https://media.s3.eu-central-1.amazonaws.com/a%20b.jpg'
 */
export const objectUrl = (
  { endpoint, addressing, bucket }: Pick<BucketAddress, 'endpoint' | 'addressing' | 'bucket'>,
  key: string,
): string => {
  const { protocol, host } = new URL(endpoint);
  const path = key.split('/').map(percentEncode).join('/');
  return addressing === 'virtual'
    ? `${protocol}//${bucket}.${host}/${path}`
    : `${protocol}//${host}/${bucket}/${path}`;
};
