import type { Challenge, startOrder, OperationInput } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import { hashToken } from '../../../platform/crypto/token.ts';
import type { Database } from '../../../platform/db/index.ts';
import { describeTrouble } from '../../../platform/net/index.ts';
import type { DropsDeps } from '../deps.ts';
import { openHcaptchaSecret, openPageKey } from '../page-keys.ts';
import type { DropRow } from '../ports.ts';
import { countRecent, takeChallenge } from './challenge-store.ts';
import { createVerifyHcaptcha } from './hcaptcha.ts';
import { challengeMilliseconds, difficultyFor, isSolved, makeSalt, readSalt } from './proof-of-work.ts';

type Proof = OperationInput<typeof startOrder>['body']['proof'];

/** Makes a proof that has been found good count, in the transaction of what it was for. @throws AppError challengeFailed */
export type TakeProof = (trx: Database) => Promise<void>;

/** The checks against robots. */
export interface Challenges {
  /** @param network of whoever asks: an address, or the /64 of an IPv6 one */
  create(drop: DropRow, network: string): Promise<Challenge>;
  /**
   * Judges what a browser brings. Costs no call to anybody but for hCaptcha's.
   *
   * @throws AppError challengeFailed
   */
  judge(drop: DropRow, network: string, proof: Proof): Promise<TakeProof>;
}

const failed = (detail: string, cause?: unknown): never => {
  throw new AppError('challengeFailed', detail, { cause });
};

export const createChallenges = (
  deps: Pick<DropsDeps, 'db' | 'vault' | 'guard' | 'hcaptchaVerifyUrl' | 'clock' | 'log'>,
): Challenges => {
  const { db, vault, clock, log } = deps;
  const verifyHcaptcha = createVerifyHcaptcha({ guard: deps.guard, verifyUrl: deps.hcaptchaVerifyUrl });

  const judgeWork = (drop: DropRow, network: string, proof: Proof): TakeProof => {
    if (proof === undefined || !('salt' in proof)) return failed('The work that begins an order is missing.');
    const { salt, nonce } = proof;
    const place = { dropId: drop.id, network };
    const facts = readSalt(openPageKey(vault, drop), place, salt, clock.now());
    if (facts === null) return failed('This challenge is over, or it was made for another page or address.');
    if (!isSolved(salt, nonce, facts.difficulty)) return failed('The work is not done.');
    return async (trx) => {
      const { expiresAt } = facts;
      if (await takeChallenge(trx, { hash: hashToken(salt), dropId: drop.id, expiresAt })) return;
      failed('This challenge was used already.');
    };
  };

  const judgeHcaptcha = async (drop: DropRow, proof: Proof): Promise<TakeProof> => {
    const secret = openHcaptchaSecret(vault, drop);
    if (proof === undefined || !('hcaptchaResponse' in proof) || secret === null)
      return failed('The response of hCaptcha is missing.');
    const { hcaptchaResponse: response } = proof;
    const verdict = await verifyHcaptcha({ secret, siteKey: drop.hcaptchaSiteKey ?? '', response }).catch(
      (error: unknown) => {
        const trouble = describeTrouble(error, 'hCaptcha service');
        log.warn({ teamId: drop.teamId, dropId: drop.id, trouble }, 'hCaptcha could not be asked');
        throw new AppError(
          'unavailable',
          'The service that checks against robots does not answer just now.',
          {
            cause: error,
            headers: { 'retry-after': '10' },
          },
        );
      },
    );
    if (verdict.passed) return async () => {};
    log.info(
      { teamId: drop.teamId, dropId: drop.id, reasons: verdict.reasons },
      'hCaptcha refused a response',
    );
    return failed('hCaptcha did not take the response.');
  };

  return {
    create: async (drop, network) => {
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + challengeMilliseconds);
      const shared = { kind: drop.challenge, expiresAt: expiresAt.toISOString() };
      if (drop.challenge !== 'proofOfWork') return { ...shared, salt: '', difficulty: 0 };
      const difficulty = difficultyFor(await countRecent(db, drop.id, now));
      const place = { dropId: drop.id, network };
      return {
        ...shared,
        difficulty,
        salt: makeSalt(openPageKey(vault, drop), place, { difficulty, expiresAt }),
      };
    },
    judge: async (drop, network, proof) => {
      switch (drop.challenge) {
        case 'none':
          return async () => {};
        case 'proofOfWork':
          return judgeWork(drop, network, proof);
        case 'hcaptcha':
          return judgeHcaptcha(drop, proof);
      }
    },
  };
};
