import { createHmac, randomBytes } from 'node:crypto';
import type { DropId, OrderId, TeamId } from '@windlass/contract';
import { Secret } from '../../kernel/secret.ts';
import { hashToken } from '../../platform/crypto/token.ts';
import type { Vault, VaultContext } from '../../platform/crypto/vault.ts';

/** Whose key it is. */
interface Owner {
  teamId: TeamId;
  id: DropId;
}

const keyBytes = 32;

/** What the seal of a page's key is bound to. */
export const pageKeyContext = ({ teamId, id }: Owner): VaultContext => ({
  teamId,
  recordId: id,
  field: 'pageKey',
});

/** A new key of an order page, sealed. It signs the page's challenges, and makes the status links of its orders and what signs their pictures. */
export const newPageKeySealed = (vault: Vault, owner: Owner): string =>
  vault.seal(new Secret(randomBytes(keyBytes).toString('base64url')), pageKeyContext(owner));

/** @throws VaultError */
export const openPageKey = (vault: Vault, drop: Owner & { pageKeySealed: string }): Secret =>
  vault.open(drop.pageKeySealed, pageKeyContext(drop));

/**
 * HMAC-SHA256 (RFC 2104) under a page's key, base64url. `purpose` keeps what is signed for one thing from being taken for
 * another.
 */
export const signWithPageKey = (
  key: Secret,
  purpose: 'challenge' | 'status' | 'pictures',
  text: string,
): string =>
  createHmac('sha256', Buffer.from(key.reveal(), 'base64url'))
    .update(`${purpose}:${text}`)
    .digest('base64url');

/**
 * The token of an order's status link, 43 characters. It is derived, so that the desk can show the link again although no
 * row holds it: what is kept is its hash, by which the page finds the order.
 */
export const statusTokenOf = (key: Secret, orderId: OrderId): Secret =>
  new Secret(signWithPageKey(key, 'status', orderId));

/** Makes the status links of a page's orders, for the customer and for the desk. */
export type StatusLink = (
  drop: Owner & { pageKeySealed: string },
  orderId: OrderId,
) => { url: string; tokenHash: string };

/** @example statusLinks({ vault, publicUrl })(drop, order.id).url // 'https://media.example.com/o/…' */
export const statusLinks =
  ({ vault, publicUrl }: { vault: Vault; publicUrl: () => string }): StatusLink =>
  (drop, orderId) => {
    const token = statusTokenOf(openPageKey(vault, drop), orderId).reveal();
    return { url: `${publicUrl()}/o/${token}`, tokenHash: hashToken(token) };
  };

/** What the seal of a page's hCaptcha secret is bound to. */
export const hcaptchaSecretContext = ({ teamId, id }: Owner): VaultContext => ({
  teamId,
  recordId: id,
  field: 'hcaptchaSecret',
});

/** Null where the page has none. @throws VaultError */
export const openHcaptchaSecret = (
  vault: Vault,
  drop: Owner & { hcaptchaSecretSealed: string | null },
): Secret | null =>
  drop.hcaptchaSecretSealed === null
    ? null
    : vault.open(drop.hcaptchaSecretSealed, hcaptchaSecretContext(drop));
