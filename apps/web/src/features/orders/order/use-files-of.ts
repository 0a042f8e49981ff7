import { signOrderFiles, type OrderId } from '@windlass/contract';
import { useMemo } from 'react';
import { call } from '../../../lib/api.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { createSignFiles } from './sign-files.ts';

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
    return { inline: signer('inline'), attachment: signer('attachment') };
  }, [teamId, orderId]);
};
