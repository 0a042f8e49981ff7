import { AppError } from '../../../kernel/app-error.ts';
import type { DropsDeps } from '../deps.ts';
import type { DropRow } from '../ports.ts';

/** Orders that one address may begin on one page: a class behind one address has its place. */
const startRule = { name: 'order-start', points: 60, durationSeconds: 60 * 60 };
/** Challenges cost a signature each, and a page asks again when one runs out. */
const challengeRule = { name: 'order-challenge', points: 120, durationSeconds: 10 * 60 };
/** Wrong passwords of one address on one page. */
const addressRule = { name: 'order-password-address', points: 10, durationSeconds: 15 * 60 };
/** Wrong passwords on one page, from everywhere: a PIN of four digits then stands for days. */
const pageRule = { name: 'order-password-page', points: 200, durationSeconds: 60 * 60 };

/** Who may come in to a page, and how often they may try. */
export interface Door {
  /** @throws AppError tooManyRequests */
  countChallenge(drop: DropRow, network: string): Promise<void>;
  /** @throws AppError tooManyRequests */
  countStart(drop: DropRow, network: string): Promise<void>;
  /** @throws AppError wrongPassword, tooManyRequests */
  checkPassword(drop: DropRow, network: string, password: string | undefined): Promise<void>;
}

const keyOf = (drop: DropRow, network: string): string => `${drop.id}:${network}`;

export const createDoor = ({
  createRateLimiter,
  passwords,
  log,
}: Pick<DropsDeps, 'createRateLimiter' | 'passwords' | 'log'>): Door => {
  const starts = createRateLimiter(startRule);
  const challenges = createRateLimiter(challengeRule);
  const wrongOfAddress = createRateLimiter(addressRule);
  const wrongOfPage = createRateLimiter(pageRule);

  return {
    countChallenge: async (drop, network) => {
      await challenges.consume(keyOf(drop, network));
    },
    countStart: async (drop, network) => {
      await starts.consume(keyOf(drop, network));
    },
    checkPassword: async (drop, network, password) => {
      if (drop.access === 'open') return;
      if (password === undefined) {
        throw new AppError('wrongPassword', `This page asks for a ${words[drop.access]}.`);
      }
      // Before the hash, so that a flood costs two rows and not 19 MiB. A try is counted before it is known to be wrong, and
      // given back: else as many could be made at once as there are connections.
      const key = keyOf(drop, network);
      await wrongOfAddress.consume(key);
      await wrongOfPage.consume(drop.id, 0);
      const { matches } = await passwords.verify(drop.passwordHash, password);
      if (matches) return wrongOfAddress.reset(key);
      await wrongOfPage.consume(drop.id);
      log.warn(
        { event: 'orderPasswordWrong', dropId: drop.id, address: network },
        'Wrong password of a page',
      );
      throw new AppError('wrongPassword', `This is not the ${words[drop.access]} of the page.`);
    },
  };
};

const words = { password: 'password', pin: 'PIN' } as const;
