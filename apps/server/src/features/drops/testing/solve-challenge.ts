import { isSolved } from '../pages/proof-of-work.ts';

/** Does the work of a challenge, as a browser does. @returns the nonce */
export const solve = ({ salt, difficulty }: { salt: string; difficulty: number }): string => {
  for (let nonce = 0; ; nonce += 1) if (isSolved(salt, String(nonce), difficulty)) return String(nonce);
};
