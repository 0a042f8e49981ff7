import { z } from 'zod';
import { storableText } from './connections.ts';
import { providerIds } from './providers.ts';
import { answers, formFields } from './drop-forms.ts';
import { zipLink } from './downloads.ts';
import { dropId, orderFileId, orderId, orderNoteId, teamId } from './ids.ts';
import { listOf, listQuery, timestamp } from './lists.ts';
import { operation } from './operation.ts';
import { checksum } from './uploads.ts';

const tag = 'Orders';
const inTeam = z.object({ teamId });
const one = inTeam.extend({ orderId });
const base = '/api/v1/teams/:teamId/orders';

/** `draft`: a customer is at it. The others are what a lab calls them (`orderStateLabels`). */
export const orderStates = [
  'draft',
  'received',
  'downloaded',
  'inProduction',
  'ready',
  'delivered',
  'cancelled',
] as const;
export type OrderState = (typeof orderStates)[number];
/** What a lab can set. */
export const deskStates = [
  'received',
  'downloaded',
  'inProduction',
  'ready',
  'delivered',
  'cancelled',
] as const;
export type DeskState = (typeof deskStates)[number];

export const customer = z.object({
  name: storableText.trim().min(1).max(200),
  email: z.email().max(254).nullable().default(null),
  phone: storableText.trim().max(40).nullable().default(null),
});
export type Customer = z.output<typeof customer>;

export const orderFile = z
  .object({
    id: orderFileId,
    /** As the customer's own file is called. */
    name: z.string(),
    /** The whole key. */
    key: z.string(),
    size: z.int(),
    type: z.string(),
    checksum: checksum.nullable(),
    options: answers,
    /** When it was deleted from the bucket, by us. */
    deletedAt: timestamp.nullable(),
    /**
     * 400 by 400 pixels of it, cut, made by the image server: a signed URL that ends within four hours. Null where the
     * connection may not read, the file is gone, or no picture can be made of its type.
     */
    thumbnailUrl: z.string().nullable(),
    /** The same, whole and within 1600 by 1600 pixels. */
    previewUrl: z.string().nullable(),
  })
  .meta({ id: 'OrderFile' });
export type OrderFile = z.infer<typeof orderFile>;

export const orderNote = z
  .object({ id: orderNoteId, text: z.string(), by: z.string().nullable(), at: timestamp })
  .meta({ id: 'OrderNote' });
export const orderEvent = z
  .object({ state: z.enum(orderStates), by: z.string().nullable(), at: timestamp })
  .meta({ id: 'OrderEvent' });

export const orderSummary = z
  .object({
    id: orderId,
    /** Unique in the team, e.g. `26-00042`. */
    number: z.string(),
    dropId,
    dropTitle: z.string(),
    /** Of the page that the first run made, to look at. */
    demo: z.boolean(),
    customer,
    state: z.enum(orderStates),
    late: z.boolean(),
    files: z.int(),
    bytes: z.int(),
    createdAt: timestamp,
    submittedAt: timestamp.nullable(),
    /** When its files go; null: they stay. */
    filesUntil: timestamp.nullable(),
    filesDeletedAt: timestamp.nullable(),
  })
  .meta({ id: 'OrderSummary' });
export type OrderSummary = z.infer<typeof orderSummary>;

/** Digits: mails are numbered. */
export const orderMailId = z
  .string()
  .regex(/^[1-9]\d{0,17}$/, 'is not the number of a mail')
  .meta({ description: 'Number of a mail', example: '1042' });
export const orderMail = z
  .object({
    id: orderMailId,
    /** `received`, `notice` (to the lab), `stateChanged`, `filesGoSoon`. */
    kind: z.string(),
    to: z.string(),
    /** `pending`: it is tried, and tried again by itself; `failed`: it is not, until somebody asks for it. */
    state: z.enum(['pending', 'sent', 'failed']),
    /** When it was sent, else when it was written. */
    at: timestamp,
    /** Tries that were made. */
    attempts: z.int(),
    /** Why the last try failed, for people; null where none did. */
    trouble: z.string().nullable(),
  })
  .meta({ id: 'OrderMail' });
export type OrderMail = z.infer<typeof orderMail>;

/** Whether somebody at the desk can see and fetch the files, and why not. */
export const orderFilesAccess = z.object({ readable: z.boolean(), reason: z.string() });

export const order = orderSummary
  .extend({
    answers,
    form: z.object({ version: z.int().meta({ example: 3 }), fields: formFields }),
    items: z.array(orderFile),
    notes: z.array(orderNote),
    events: z.array(orderEvent),
    access: orderFilesAccess,
    /** For people with their own S3 client. */
    place: z.object({ bucket: z.string(), prefix: z.string(), endpoint: z.string(), region: z.string() }),
    manifest: z.enum(['pending', 'written', 'failed']),
    statusUrl: z.string(),
    /** The order that this one repeats. */
    cloneOf: orderId.nullable(),
    /** States it can go to from here. */
    next: z.array(z.enum(deskStates)),
    mails: z.array(orderMail),
  })
  .meta({ id: 'Order' });
export type Order = z.infer<typeof order>;

const orderFilter = {
  dropId: dropId.optional(),
  /** In number, name, e-mail and file names. */
  search: storableText.trim().max(100).optional(),
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
};

export const listOrders = operation({
  id: 'listOrders',
  method: 'GET',
  path: base,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Orders of a team, newest first',
  params: inTeam,
  query: listQuery.extend({
    ...orderFilter,
    state: z.enum(orderStates).optional(),
    /** Drafts are left out unless asked for. */
    drafts: z.stringbool().default(false),
  }),
  response: listOf(orderSummary),
});
/** How many orders there are in each state; states without any are there with 0. */
export const orderCounts = z.record(z.enum(orderStates), z.int()).meta({
  id: 'OrderCounts',
  example: { draft: 1, received: 12, downloaded: 3, inProduction: 5, ready: 2, delivered: 480, cancelled: 4 },
});
export type OrderCounts = z.infer<typeof orderCounts>;
export const countOrders = operation({
  id: 'countOrders',
  method: 'GET',
  path: '/api/v1/teams/:teamId/order-counts',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'How many orders of a team are in each state, under the filters of the list',
  params: inTeam,
  query: z.object(orderFilter),
  response: orderCounts,
});
export const getOrder = operation({
  id: 'getOrder',
  method: 'GET',
  path: `${base}/:orderId`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Show an order',
  params: one,
  response: order,
});
export const setOrderState = operation({
  id: 'setOrderState',
  method: 'POST',
  path: `${base}/:orderId/state`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Move an order to another state',
  params: one,
  body: z
    .object({
      state: z.enum(deskStates),
      /** Whether the customer gets an e-mail, where they left an address. */
      notify: z.boolean().default(true),
    })
    .meta({ example: { state: 'inProduction' } }),
  response: order,
});
export const addOrderNote = operation({
  id: 'addOrderNote',
  method: 'POST',
  path: `${base}/:orderId/notes`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Write a note for the team; customers never see it',
  params: one,
  body: z.object({ text: storableText.trim().min(1).max(4000) }),
  response: orderNote,
});
export const deleteOrderNote = operation({
  id: 'deleteOrderNote',
  method: 'DELETE',
  path: `${base}/:orderId/notes/:orderNoteId`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Delete a note',
  params: one.extend({ orderNoteId }),
});
export const retryOrderMail = operation({
  id: 'retryOrderMail',
  method: 'POST',
  path: `${base}/:orderId/mails/:orderMailId/retry`,
  tag,
  access: 'signed-in',
  status: 202,
  summary: 'Send a mail again that could not be sent',
  params: one.extend({ orderMailId }),
  response: order,
});
export const cloneOrder = operation({
  id: 'cloneOrder',
  method: 'POST',
  path: `${base}/:orderId/clone`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Take the order again: a new number for the same files and answers; nothing is copied',
  params: one,
  response: order,
});
export const deleteOrder = operation({
  id: 'deleteOrder',
  method: 'DELETE',
  path: `${base}/:orderId`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Delete the record of an order; with `files=true` its files too, where the connection may',
  params: one,
  query: z.object({ files: z.stringbool().default(false) }),
});
export const zipOrder = operation({
  id: 'zipOrder',
  method: 'POST',
  path: `${base}/:orderId/zip`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'A link to all files of an order as one zip; a received order becomes downloaded',
  params: one,
  response: zipLink,
});
export const signOrderFiles = operation({
  id: 'signOrderFiles',
  method: 'POST',
  path: `${base}/:orderId/downloads`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Pre-signed GETs of files of an order',
  params: one,
  body: z.object({
    files: z.array(orderFileId).min(1).max(100),
    disposition: z.enum(['attachment', 'inline']).default('attachment'),
  }),
  response: z.object({
    items: z.array(z.object({ id: orderFileId, url: z.string(), expiresAt: timestamp })),
  }),
});

/** What a lab calls its states. */
export const orderStateLabels = z.record(z.enum(deskStates), storableText.trim().min(1).max(40)).meta({
  id: 'OrderStateLabels',
  example: {
    received: 'Received',
    downloaded: 'On our disk',
    inProduction: 'In the lab',
    ready: 'To be collected',
    delivered: 'Delivered',
    cancelled: 'Cancelled',
  },
});
export type OrderStateLabels = z.infer<typeof orderStateLabels>;
export const getOrderStateLabels = operation({
  id: 'getOrderStateLabels',
  method: 'GET',
  path: '/api/v1/teams/:teamId/order-states',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'What the states of orders are called',
  params: inTeam,
  response: orderStateLabels,
});
export const setOrderStateLabels = operation({
  id: 'setOrderStateLabels',
  method: 'PUT',
  path: '/api/v1/teams/:teamId/order-states',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Rename the states of orders',
  params: inTeam,
  body: orderStateLabels,
  response: orderStateLabels,
});

const price = z.number().min(0).max(1_000_000);
/** What a provider asks; currency units. */
export const storagePrices = z
  .object({
    provider: z.enum(providerIds),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .meta({ example: 'EUR' }),
    storagePerGbMonth: price,
    downloadPerGb: price,
    /** PUT, POST, LIST; per thousand. */
    writesPerThousand: price,
    readsPerThousand: price,
    /** True where the team has set them itself. */
    own: z.boolean(),
    /** Where the figures come from; empty for one's own. */
    source: z.string(),
  })
  .meta({ id: 'StoragePrices' });
export type StoragePrices = z.infer<typeof storagePrices>;

/** What orders cost in a month, from what came in. */
export const orderCosts = z
  .object({
    prices: z.array(storagePrices),
    months: z.array(
      z.object({
        /** `2026-11`. */
        month: z.string(),
        provider: z.enum(providerIds),
        orders: z.int(),
        files: z.int(),
        bytesReceived: z.int(),
        /** Bytes times days kept, over the days of the month. */
        averageBytesStored: z.int(),
        bytesDownloaded: z.int(),
        storage: z.number(),
        downloads: z.number(),
        requests: z.number(),
        total: z.number(),
        currency: z.string(),
      }),
    ),
  })
  .meta({ id: 'OrderCosts' });
export type OrderCosts = z.infer<typeof orderCosts>;
export const getOrderCosts = operation({
  id: 'getOrderCosts',
  method: 'GET',
  path: '/api/v1/teams/:teamId/order-costs',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'What storing and downloading orders cost, by month',
  params: inTeam,
  query: z.object({ dropId: dropId.optional() }),
  response: orderCosts,
});
export const setStoragePrices = operation({
  id: 'setStoragePrices',
  method: 'PUT',
  path: '/api/v1/teams/:teamId/order-costs/prices/:provider',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Set your own prices for a provider',
  params: inTeam.extend({ provider: z.enum(providerIds) }),
  body: storagePrices.omit({ provider: true, own: true, source: true }).meta({
    example: {
      currency: 'EUR',
      storagePerGbMonth: 0.006,
      downloadPerGb: 0.01,
      writesPerThousand: 0,
      readsPerThousand: 0,
    },
  }),
  response: storagePrices,
});
export const resetStoragePrices = operation({
  id: 'resetStoragePrices',
  method: 'DELETE',
  path: '/api/v1/teams/:teamId/order-costs/prices/:provider',
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Go back to the prices that come with Windlass',
  params: inTeam.extend({ provider: z.enum(providerIds) }),
});
