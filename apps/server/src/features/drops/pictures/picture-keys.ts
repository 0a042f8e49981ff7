import type { ConnectionId, DropId, OrderId, TeamId } from '@windlass/contract';
import { Secret } from '../../../kernel/secret.ts';
import type { Vault } from '../../../platform/crypto/vault.ts';
import type { SourceSigningKeys } from '../../sources/index.ts';
import { openPageKey, signWithPageKey } from '../page-keys.ts';

/** Whose pictures are signed. */
export interface PicturedOrder {
  id: OrderId;
  teamId: TeamId;
  dropId: DropId;
  connectionId: ConnectionId;
}

/**
 * What signs URLs of an order's pictures. Nobody is given it and no row holds it: it is derived from the key of the order's
 * page, whose seal is bound to team and page, and for this one order on this one connection, since the signature itself
 * covers neither host nor source.
 *
 * @throws VaultError
 */
export const pictureKeysOf = (
  vault: Vault,
  { id, teamId, dropId, connectionId }: PicturedOrder,
  { pageKeySealed }: { pageKeySealed: string },
): SourceSigningKeys => {
  const pageKey = openPageKey(vault, { teamId, id: dropId, pageKeySealed });
  const derive = (half: 'key' | 'salt'): Secret => {
    const bytes = Buffer.from(
      signWithPageKey(pageKey, 'pictures', `${half}:${id}:${connectionId}`),
      'base64url',
    );
    return new Secret(bytes.toString('base64'));
  };
  return { secureKey: derive('key'), secureSalt: derive('salt') };
};
