import { createHmac } from 'node:crypto';
import type { Secret } from '../../kernel/secret.ts';

export const secretPrefix = 'whsec_';

interface Message {
  /** The header `webhook-id`. */
  id: string;
  /** The header `webhook-timestamp`: seconds since 1970. */
  timestampSeconds: number;
  body: string;
}

/**
 * The header `webhook-signature`: one `v1,<base64>` for each secret, apart by spaces. A receiver takes the message when
 * any of them fits, which is what lets a secret be changed without losing one.
 *
 * Standard Webhooks 1.0, "Signature scheme" and "Zero downtime secret rotation".
 *
 * @example signatureHeader({ id: 'dlv_1', timestampSeconds: 1614265330, body: '{}' }, [secret]) // 'v1,K5oZ…='
 */
export const signatureHeader = (
  { id, timestampSeconds, body }: Message,
  secrets: readonly Secret[],
): string =>
  secrets
    .map((secret) => {
      const key = Buffer.from(secret.reveal().slice(secretPrefix.length), 'base64');
      return `v1,${createHmac('sha256', key).update(`${id}.${timestampSeconds}.${body}`).digest('base64')}`;
    })
    .join(' ');
