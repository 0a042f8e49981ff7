import { compactPolicy, formatPolicy, generate } from '@windlass/policy/generate';

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

/** Lets a user assume the role, with an external ID as a service would be given one. */
export const firstTrustPolicy = (userArn: string): string =>
  formatPolicy({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: userArn },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'choose-an-id' } },
      },
    ],
  });

/** Text of a stored policy as a person reads it; unreadable text stays as it is. */
export const readable = (text: string): string => {
  try {
    return compactPolicy(JSON.parse(text)) === text.trim() ? formatPolicy(JSON.parse(text)) : text;
  } catch {
    // The person sees what is stored, whatever it is.
    return text;
  }
};
