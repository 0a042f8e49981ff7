import { z } from 'zod';
import type { Secret } from '../../../kernel/secret.ts';
import { createFetchJson, type EndpointGuard } from '../../../platform/net/index.ts';

const answerSchema = z.object({
  success: z.boolean(),
  'error-codes': z.array(z.string()).optional(),
});

const verifyMilliseconds = 8_000;

/** What the service said of a response that a browser brought. */
export type HcaptchaVerdict = { passed: true } | { passed: false; reasons: readonly string[] };

export type VerifyHcaptcha = (given: {
  secret: Secret;
  siteKey: string;
  response: string;
}) => Promise<HcaptchaVerdict>;

/**
 * Asks a service that speaks hCaptcha's protocol (https://docs.hcaptcha.com/#verify-the-user-response-server-side). The
 * customer's address is not sent: it is nobody's business.
 *
 * @throws what the network, the guard or the answer's shape says; the secret is in none of it
 */
export const createVerifyHcaptcha = ({
  guard,
  verifyUrl,
}: {
  guard: Pick<EndpointGuard, 'agentsFor'>;
  /** WINDLASS_HCAPTCHA_VERIFY_URL. */
  verifyUrl: string;
}): VerifyHcaptcha => {
  const fetchJson = createFetchJson(guard);
  return async ({ secret, siteKey, response }) => {
    const answer = answerSchema.parse(
      await fetchJson(verifyUrl, {
        form: { secret: secret.reveal(), sitekey: siteKey, response },
        signal: AbortSignal.timeout(verifyMilliseconds),
      }),
    );
    return answer.success ? { passed: true } : { passed: false, reasons: answer['error-codes'] ?? [] };
  };
};
