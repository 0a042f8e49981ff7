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

const idSchema = <P extends IdPrefix>(prefix: P, noun: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`), `is not the id of a ${noun}`)
    // The brand exists for the compiler alone; the pattern above is the proof. A transform would say the same
    // but could not be run backwards, which is how responses are serialised.
    .meta({
      description: `Id of a ${noun}`,
      example: `${prefix}_01kazq8v3kf2wvpn2d8m6b3c9t`,
    }) as unknown as z.ZodType<Id<P>, string>;

export const userId = idSchema('usr', 'user');
export const teamId = idSchema('team', 'team');
export const sessionId = idSchema('ses', 'session');
export const invitationId = idSchema('inv', 'invitation');
export const apiKeyId = idSchema('key', 'API key');
export const connectionId = idSchema('con', 'connection');
export const sourceId = idSchema('src', 'source');
export const purgeId = idSchema('prg', 'purge');
export const connectionEventId = idSchema('evt', 'connection event');
export const webhookId = idSchema('whk', 'webhook');
export const deliveryId = idSchema('dlv', 'webhook delivery');
export const provisioningId = idSchema('prv', 'provisioning plan');
export const uploadGrantId = idSchema('ugr', 'upload grant');
export const transferId = idSchema('trf', 'transfer');
export const dropId = idSchema('drp', 'drop');
export const orderId = idSchema('ord', 'order');
export const orderFileId = idSchema('fil', 'file of an order');
export const orderNoteId = idSchema('note', 'note on an order');

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
