import type { Connection } from '@windlass/contract';
import {
  checkOrigin,
  formatCors,
  generateCors,
  PolicyInputError,
  providerProfiles,
} from '@windlass/policy/generate';
import { shellWord } from '../../../lib/shell-word.ts';

/** `ruleless`: its provider keeps no CORS rules for a bucket. */
export type SiteCors =
  | { kind: 'rules'; rules: string; command: string }
  | { kind: 'ruleless' }
  | { kind: 'noOrigin'; why: string };

/**
 * The CORS rules by which pages of one site may upload to a bucket, and the command that puts them there. PutBucketCors
 * replaces what the bucket had.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html
 *
 * @param site what somebody typed; a slash at its end is no part of an origin and is left out
 * @example siteCors(connection, 'https://shop.example')
 */
export const siteCors = (
  { provider, bucket, region, endpoint }: Pick<Connection, 'provider' | 'bucket' | 'region' | 'endpoint'>,
  site: string,
): SiteCors => {
  const origin = site.trim().replace(/\/$/, '');
  try {
    checkOrigin(origin, 'origin');
  } catch (error) {
    if (error instanceof PolicyInputError) return { kind: 'noOrigin', why: error.reason };
    throw error;
  }
  const rules = generateCors(['ingest'], [origin], providerProfiles[provider]);
  if (rules === null) return { kind: 'ruleless' };
  const put: readonly (readonly string[])[] = [
    ['aws', 's3api', 'put-bucket-cors'],
    ['--endpoint-url', endpoint],
    ['--region', region],
    ['--bucket', bucket],
    ['--cors-configuration', JSON.stringify({ CORSRules: rules })],
  ];
  const command = put.flat().map(shellWord).join(' ');
  return { kind: 'rules', rules: formatCors(rules), command };
};
