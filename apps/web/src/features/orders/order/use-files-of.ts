import { signOrderFiles, type OrderId } from '@windlass/contract';
import { useMemo } from 'react';
import { call } from '../../../lib/api.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { createTurns } from './create-turns.ts';
import { createSignFiles } from './sign-files.ts';

/** Originals that are loaded at once: enough for a line of tiles, few enough for a lab's uplink and a laptop's memory. */
const originalsAtOnce = 3;

/** How the files of an order are reached while its page is open. */
export const useFilesOf = (orderId: OrderId) => {
  const { teamId } = useTeam();
  return useMemo(() => {
    const signer = (disposition: 'inline' | 'attachment') =>
      createSignFiles({
        sign: async (files) => {
          const { items } = await call(signOrderFiles, {
            params: { teamId, orderId },
            body: { files, disposition },
          });
          return items;
        },
      });
    return {
      inline: signer('inline'),
      attachment: signer('attachment'),
      turns: createTurns(originalsAtOnce),
    };
  }, [teamId, orderId]);
};
