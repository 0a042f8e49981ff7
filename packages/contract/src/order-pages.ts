import { z } from 'zod';
import { slug, storableText } from './connections.ts';
import { answers, formFields, givenAnswers } from './drop-forms.ts';
import { challengeKinds, dropAccessKinds, dropPhases } from './drops.ts';
import { transferId } from './ids.ts';
import { timestamp } from './lists.ts';
import { operation } from './operation.ts';
import { customer, orderStates } from './orders.ts';
import { checksum } from './uploads.ts';

/**
 * What a customer's browser calls: nobody signs in. An order is held by its order token (`Authorization: Bearer wo_…`),
 * its status can be seen by whoever has the status link.
 */
const tag = 'Order pages';
const page = z.object({ dropName: slug });
const current = '/api/v1/orders/current';

export const orderPage = z
  .object({
    name: z.string(),
    title: z.string(),
    text: z.string(),
    logo: z.string().nullable(),
    color: z.string(),
    phase: z.enum(dropPhases),
    closesAt: timestamp.nullable(),
    lateUntil: timestamp.nullable(),
    access: z.enum(dropAccessKinds),
    consentText: z.string(),
    retentionDays: z.int().nullable(),
    customerEmail: z.enum(['required', 'optional', 'off']),
    customerPhone: z.enum(['required', 'optional', 'off']),
    sendsMail: z.boolean().meta({ description: 'True where customers who leave an address get mails' }),
    formVersion: z.int(),
    fields: formFields,
    maxFiles: z.int(),
    maxFileBytes: z.int(),
    maxOrderBytes: z.int(),
    types: z.array(z.string()).nullable(),
    challenge: z.enum(challengeKinds),
    hcaptchaSiteKey: z.string().nullable(),
  })
  .meta({ id: 'OrderPage' });
export type OrderPage = z.infer<typeof orderPage>;

export const getOrderPage = operation({
  id: 'getOrderPage',
  method: 'GET',
  path: '/api/v1/order-pages/:dropName',
  tag,
  access: 'public',
  status: 200,
  summary: 'What an order page shows and asks',
  params: page,
  response: orderPage,
});

/**
 * Proof of work: find a `nonce` (decimal) for which SHA-256 of `salt:nonce` begins with `difficulty` zero bits. The salt is
 * signed, bound to page and address, and taken once.
 */
export const challenge = z.object({
  kind: z.enum(challengeKinds),
  salt: z.string(),
  difficulty: z.int(),
  expiresAt: timestamp,
});
export type Challenge = z.infer<typeof challenge>;
export const createChallenge = operation({
  id: 'createChallenge',
  method: 'POST',
  path: '/api/v1/order-pages/:dropName/challenges',
  tag,
  access: 'public',
  status: 201,
  summary: 'Ask for the work that begins an order',
  params: page,
  response: challenge,
});

export const startOrder = operation({
  id: 'startOrder',
  method: 'POST',
  path: '/api/v1/order-pages/:dropName/orders',
  tag,
  access: 'public',
  status: 201,
  summary: 'Begin an order: its number, and the right to upload its files',
  params: page,
  // Of anybody: hCaptcha's response is the longest that comes.
  maxBodyBytes: 32 * 1024,
  body: z.object({
    password: z.string().max(200).optional(),
    /** Of the work: `salt` and `nonce`; of hCaptcha: its response. */
    proof: z
      .union([
        z.object({
          salt: z.string().max(500),
          nonce: z
            .string()
            .regex(/^\d{1,16}$/)
            .meta({ example: '48213' }),
        }),
        z.object({ hcaptchaResponse: z.string().min(1).max(10_000) }),
      ])
      .optional(),
  }),
  response: z.object({
    number: z.string(),
    /** `wo_…`: edits, cancels and sends this order. */
    orderToken: z.string(),
    /** `wu_…`: uploads its files. */
    uploadToken: z.string(),
    statusUrl: z.string(),
    /** An order that is not sent by then is thrown away. */
    expiresAt: timestamp,
  }),
});

/** 5,000 files with what was chosen for each. */
const longOrderBytes = 4 * 1024 ** 2;
const fileOptions = z.array(z.object({ transferId, options: givenAnswers.default({}) })).max(5000);
const orderInput = z.object({
  customer,
  answers: givenAnswers.default({}),
  files: fileOptions.default([]),
});

/** As far as it was typed: an address may still lack its end. It is judged when the order is sent. */
const draftCustomer = z.object({
  name: storableText.max(200).nullable(),
  email: storableText.max(254).nullable(),
  phone: storableText.max(40).nullable(),
});

export const orderDraft = z
  .object({
    number: z.string(),
    formVersion: z.int(),
    fields: formFields,
    customer: draftCustomer,
    answers,
    files: z.array(
      z.object({
        transferId,
        name: z.string(),
        size: z.int(),
        type: z.string(),
        received: z.boolean(),
        options: answers,
      }),
    ),
    statusUrl: z.string(),
    expiresAt: timestamp,
    submittedAt: timestamp.nullable(),
  })
  .meta({ id: 'OrderDraft' });
export type OrderDraft = z.infer<typeof orderDraft>;

export const getOrderDraft = operation({
  id: 'getOrderDraft',
  method: 'GET',
  path: current,
  tag,
  access: 'public',
  status: 200,
  summary: 'The order of this token, to go on with it',
  response: orderDraft,
});
export const saveOrderDraft = operation({
  id: 'saveOrderDraft',
  method: 'PATCH',
  path: current,
  tag,
  access: 'public',
  status: 200,
  summary: 'Keep what has been filled in so far',
  maxBodyBytes: longOrderBytes,
  description:
    'What is left out stays as it was. Answers and options may be unfinished; sending the order judges them.',
  // Without defaults: a draft must not lose what an edit does not name.
  body: z.object({ customer: draftCustomer.partial(), answers: givenAnswers, files: fileOptions }).partial(),
  response: orderDraft,
});
export const cancelOrderDraft = operation({
  id: 'cancelOrderDraft',
  method: 'DELETE',
  path: current,
  tag,
  access: 'public',
  status: 204,
  summary: 'Throw the order away before it is sent; its uploads are aborted',
});

/** What customer and lab agree on. */
export const orderReceipt = z
  .object({
    number: z.string(),
    title: z.string(),
    submittedAt: timestamp,
    late: z.boolean(),
    customer,
    files: z.array(
      z.object({
        name: z.string(),
        size: z.int(),
        type: z.string(),
        checksum: checksum.nullable(),
        options: answers,
      }),
    ),
    bytes: z.int(),
    answers,
    fields: formFields,
    statusUrl: z.string(),
    filesUntil: timestamp.nullable(),
    /** Whether a mail with this receipt is on its way. */
    mailed: z.boolean(),
  })
  .meta({ id: 'OrderReceipt' });
export type OrderReceipt = z.infer<typeof orderReceipt>;
export const submitOrder = operation({
  id: 'submitOrder',
  method: 'POST',
  path: `${current}/submit`,
  tag,
  access: 'public',
  status: 200,
  summary: 'Send the order; asked again, the same receipt is answered',
  description:
    'Only files that are named under `removed` are deleted from the bucket. With `removed`, also an empty one, every file that was received must be named under it or under `files`; one that is in neither ends in `conflict`, and `GET` shows it. Without, such files are not part of the order and stay in the bucket for as long as its files do. Asked again with files that the order was sent without, the answer is `conflict` too.',
  maxBodyBytes: longOrderBytes,
  body: orderInput.extend({
    /** Files that were received and that the customer has taken out again, in whichever tab. */
    removed: z.array(transferId).max(5000).optional(),
    consent: z.boolean().default(false),
    /**
     * The `consentText` that stood beside the box. Where the page has another by now, the order is not taken (`conflict`): show
     * that one. Left out, the page's own is taken to have been read.
     */
    consentText: storableText.max(2000).optional(),
  }),
  response: orderReceipt,
});

export const orderStatus = z
  .object({
    number: z.string(),
    title: z.string(),
    logo: z.string().nullable(),
    color: z.string(),
    state: z.enum(orderStates),
    /** What the lab calls it. */
    stateLabel: z.string(),
    steps: z.array(z.object({ state: z.enum(orderStates), label: z.string(), at: timestamp.nullable() })),
    late: z.boolean(),
    submittedAt: timestamp.nullable(),
    files: z.array(
      z.object({ name: z.string(), size: z.int(), checksum: checksum.nullable(), options: answers }),
    ),
    fields: formFields,
    bytes: z.int(),
    filesUntil: timestamp.nullable(),
    filesDeletedAt: timestamp.nullable(),
  })
  .meta({ id: 'OrderStatus' });
export type OrderStatus = z.infer<typeof orderStatus>;
export const getOrderStatus = operation({
  id: 'getOrderStatus',
  method: 'GET',
  path: '/api/v1/order-status/:statusToken',
  tag,
  access: 'public',
  status: 200,
  summary: 'How an order stands, for whoever has its link',
  params: z.object({ statusToken: z.string().regex(/^[\w-]{43}$/, 'is not a status link') }),
  response: orderStatus,
});
