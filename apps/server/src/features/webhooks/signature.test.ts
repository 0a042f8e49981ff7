import { Webhook as StandardWebhook } from 'standardwebhooks';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { signatureHeader } from './signature.ts';
import { newSigningSecret } from './signing-secrets.ts';

// The example of the specification's own documentation.
test('signs as the published example does', () => {
  const secret = new Secret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestampSeconds: 1614265330,
    body: '{"test": 2432232314}',
  };
  expect(signatureHeader(message, [secret])).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('is taken by the reference implementation, whatever the body, with either secret', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (body) => {
      const [current, previous] = [newSigningSecret(), newSigningSecret()];
      const timestampSeconds = Math.floor(Date.now() / 1000);
      const headers = {
        'webhook-id': 'dlv_1',
        'webhook-timestamp': String(timestampSeconds),
        'webhook-signature': signatureHeader({ id: 'dlv_1', timestampSeconds, body }, [current, previous]),
      };
      for (const secret of [current, previous]) {
        expect(() =>
          new StandardWebhook(secret.reveal()).verify(body, headers, { jsonParse: false }),
        ).not.toThrow();
      }
      const other = new StandardWebhook(newSigningSecret().reveal());
      expect(() => other.verify(body, headers, { jsonParse: false })).toThrow('No matching signature');
    }),
  );
});
