import { z } from 'zod';

/** What each prefix stands for. An id is `prefix_` + 26 characters (a UUIDv7 in base32), so ids sort by age. */
export const idPrefixes = [
  'usr',
  'team',
  'ses',
  'inv',
  'key',
  'con',
  'src',
  'evt',
  'whk',
  'dlv',
  'prv',
  'prg',
  'ugr',
  'trf',
  'drp',
  'ord',
  'fil',
  'note',
] as const;
export type IdPrefix = (typeof idPrefixes)[number];
export type Id<P extends IdPrefix> = string & { readonly __id: P };

/** @param noun with its article: `an order` */
const idSchema = <P extends IdPrefix>(prefix: P, noun: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`), `is not the id of ${noun}`)
    // The brand exists for the compiler alone; the pattern above is the proof. A transform would say the same
    // but could not be run backwards, which is how responses are serialised.
    .meta({
      description: `Id of ${noun}`,
      example: `${prefix}_01kazq8v3kf2wvpn2d8m6b3c9t`,
    }) as unknown as z.ZodType<Id<P>, string>;

export const userId = idSchema('usr', 'a user');
export const teamId = idSchema('team', 'a team');
export const sessionId = idSchema('ses', 'a session');
export const invitationId = idSchema('inv', 'an invitation');
export const apiKeyId = idSchema('key', 'an API key');
export const connectionId = idSchema('con', 'a connection');
export const sourceId = idSchema('src', 'a source');
export const purgeId = idSchema('prg', 'a purge');
export const connectionEventId = idSchema('evt', 'a connection event');
export const webhookId = idSchema('whk', 'a webhook');
export const deliveryId = idSchema('dlv', 'a webhook delivery');
export const provisioningId = idSchema('prv', 'a provisioning plan');
export const uploadGrantId = idSchema('ugr', 'an upload grant');
export const transferId = idSchema('trf', 'a transfer');
export const dropId = idSchema('drp', 'a drop');
export const orderId = idSchema('ord', 'an order');
export const orderFileId = idSchema('fil', 'a file of an order');
export const orderNoteId = idSchema('note', 'a note on an order');

export type UserId = Id<'usr'>;
export type TeamId = Id<'team'>;
export type SessionId = Id<'ses'>;
export type InvitationId = Id<'inv'>;
export type ApiKeyId = Id<'key'>;
export type ConnectionId = Id<'con'>;
export type SourceId = Id<'src'>;
export type PurgeId = Id<'prg'>;
export type ConnectionEventId = Id<'evt'>;
export type WebhookId = Id<'whk'>;
export type DeliveryId = Id<'dlv'>;
export type ProvisioningId = Id<'prv'>;
export type UploadGrantId = Id<'ugr'>;
export type TransferId = Id<'trf'>;
export type DropId = Id<'drp'>;
export type OrderId = Id<'ord'>;
export type OrderFileId = Id<'fil'>;
export type OrderNoteId = Id<'note'>;
