import { accountId } from '../iam/arns.ts';

export interface RequestCircumstances {
  sourceIp: string;
  now: Date;
  userAgent: string | undefined;
  referer: string | undefined;
}

/** Condition keys that every request has, whatever it asks for; a key without a value is left out. */
export function requestContext({
  sourceIp,
  now,
  userAgent,
  referer,
}: RequestCircumstances): Record<string, string | undefined> {
  return {
    'aws:SecureTransport': 'false',
    'aws:SourceIp': sourceIp,
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    'aws:ResourceAccount': accountId,
    'aws:UserAgent': userAgent,
    'aws:Referer': referer,
  };
}

/** A key that has no value is absent, which policies can tell (`Null`, `…IfExists`). */
export const present = (context: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(context).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
