import { compactPolicy, formatPolicy, generate } from '@windlass/policy/generate';
import { randomHex } from '../../lib/random-hex.ts';

/** A first policy to change: what an upload below a prefix of the bucket needs. */
export const firstIdentityPolicy = (bucket: string): string => {
  const { identity } = generate({
    capabilities: ['ingest'],
    provider: 'embedded',
    bucket,
    prefix: 'uploads/',
  });
  return identity === null ? '' : formatPolicy(identity);
};

/** Lets a user assume the role, with an external ID that nobody can guess, as a service would give one. */
export const firstTrustPolicy = (userArn: string): string =>
  formatPolicy({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: userArn },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': randomHex() } },
      },
    ],
  });

/** Text of a stored policy as a person reads it; unreadable text stays as it is. */
export const readable = (text: string): string => {
  try {
    const document = JSON.parse(text);
    return compactPolicy(document) === text.trim() ? formatPolicy(document) : text;
  } catch {
    // The person sees what is stored, whatever it is.
    return text;
  }
};
