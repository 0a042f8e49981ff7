import { z } from 'zod';
import { slug, storableText } from './connections.ts';
import { formFields, formVersion } from './drop-forms.ts';
import { connectionId, dropId, teamId } from './ids.ts';
import { listOf, listQuery, timestamp } from './lists.ts';
import { operation } from './operation.ts';
import { mediaRange } from './transfers.ts';

const tag = 'Drops';
const inTeam = z.object({ teamId });
const one = inTeam.extend({ dropId });
const base = '/api/v1/teams/:teamId/drops';

/** What a page asks before an order begins. */
export const dropAccessKinds = ['open', 'password', 'pin'] as const;
export type DropAccessKind = (typeof dropAccessKinds)[number];

/** Against robots: nothing, work that the browser does by itself, or a service that speaks hCaptcha's protocol. */
export const challengeKinds = ['none', 'proofOfWork', 'hcaptcha'] as const;
export type ChallengeKind = (typeof challengeKinds)[number];

/** `open` takes orders, `late` still does and marks them, `closed` does not. */
export const dropPhases = ['open', 'late', 'paused', 'closed', 'full'] as const;
export type DropPhase = (typeof dropPhases)[number];

const bytes = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
/** An origin that may show the page in a frame. */
const embedOrigin = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, ''),
    'takes an origin',
  );
const logo = z
  .string()
  .max(200_000)
  .regex(
    /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/,
    'takes a PNG, JPEG or WebP of up to 150 kB',
  )
  .meta({ example: 'data:image/png;base64,iVBORw0KGgo=' });

const longestTitle = 120;

const dropFields = z.object({
  /** Unique on this server: the address of the page is /d/<name>. */
  name: slug,
  connectionId,
  title: storableText.trim().min(1).max(longestTitle),
  /** Above the form; lines and paragraphs are kept, nothing else is read into it. */
  text: storableText.max(4000),
  /** A picture as a data: URL; null: none. */
  logo: logo.nullable(),
  /** The page's accent, `#rrggbb`. */
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, 'takes #rrggbb')
    .meta({ example: '#0b7285' }),
  fields: formFields,
  /** Of one order. */
  maxFiles: z.int().min(1).max(5000),
  maxFileBytes: bytes,
  maxOrderBytes: bytes,
  /** Types that are taken; null: any. */
  types: z.array(mediaRange).min(1).max(50).nullable(),
  paused: z.boolean(),
  closesAt: timestamp.nullable(),
  /** For so long after that orders are still taken, marked as late. */
  lateHours: z
    .int()
    .min(0)
    .max(24 * 60),
  access: z.enum(dropAccessKinds),
  /** A box that has to be ticked; empty: none. */
  consentText: storableText.trim().max(2000),
  /** Days after which files go; null: they stay. */
  retentionDays: z.int().min(1).max(3650).nullable(),
  /** Whether customers may leave an e-mail address, must, or are not asked. */
  customerEmail: z.enum(['required', 'optional', 'off']),
  customerPhone: z.enum(['required', 'optional', 'off']),
  /** Told of every order, beside webhooks. */
  notifyEmails: z.array(z.email().max(254)).max(10),
  challenge: z.enum(challengeKinds),
  hcaptchaSiteKey: z.string().max(100).nullable(),
  maxOrdersPerDay: z.int().min(1).max(100_000).nullable(),
  maxBytesPerDay: bytes.nullable(),
  maxTotalBytes: bytes.nullable(),
  /** Sites that may show the page in a frame; null: any. */
  embedOrigins: z.array(embedOrigin).max(20).nullable(),
});
/** Write-only: never in an answer. */
const dropSecrets = {
  /** Four to eight digits for `pin`, else six characters or more. */
  password: z.string().min(4).max(200).optional(),
  hcaptchaSecret: z.string().min(10).max(200).optional(),
};

const { shape } = dropFields;
const gibibyte = 1024 ** 3;
export const dropSettings = dropFields.extend({
  text: shape.text.default(''),
  logo: shape.logo.default(null),
  color: shape.color.default('#0b7285'),
  fields: formFields.default([]),
  maxFiles: shape.maxFiles.default(500),
  maxFileBytes: bytes.default(2 * gibibyte),
  maxOrderBytes: bytes.default(20 * gibibyte),
  types: shape.types.default(['image/*']),
  paused: z.boolean().default(false),
  closesAt: shape.closesAt.default(null),
  lateHours: shape.lateHours.default(0),
  access: shape.access.default('open'),
  consentText: shape.consentText.default(''),
  retentionDays: shape.retentionDays.default(null),
  customerEmail: shape.customerEmail.default('optional'),
  customerPhone: shape.customerPhone.default('off'),
  notifyEmails: shape.notifyEmails.default([]),
  challenge: shape.challenge.default('proofOfWork'),
  hcaptchaSiteKey: shape.hcaptchaSiteKey.default(null),
  maxOrdersPerDay: shape.maxOrdersPerDay.default(null),
  maxBytesPerDay: shape.maxBytesPerDay.default(null),
  maxTotalBytes: shape.maxTotalBytes.default(null),
  embedOrigins: shape.embedOrigins.default(null),
});
export type DropSettings = z.output<typeof dropSettings>;

/** Whether files go by themselves when their days are over, and how that is known. */
export const retentionStates = ['none', 'deletes', 'lifecycle', 'missingRule', 'unknown'] as const;

export const drop = dropFields
  .extend({
    id: dropId,
    connectionName: z.string(),
    /** Where customers go. */
    url: z.string(),
    phase: z.enum(dropPhases),
    formVersion: z.int(),
    hasPassword: z.boolean(),
    hasHcaptchaSecret: z.boolean(),
    /** Made by the first run, to look at. */
    demo: z.boolean(),
    retention: z.object({
      state: z.enum(retentionStates),
      /** What was found and what to do, in plain words. */
      detail: z.string(),
      /** The lifecycle rule to put on the bucket where Windlass may not delete; JSON text. */
      lifecycleRule: z.string().nullable(),
      checkedAt: timestamp.nullable(),
    }),
    orders: z.object({
      total: z.int(),
      open: z.int(),
      bytes: z
        .int()
        .meta({ description: 'Of their files in the bucket; what a repeated order shares counts once' }),
    }),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Drop' });
export type Drop = z.infer<typeof drop>;

export const listDrops = operation({
  id: 'listDrops',
  method: 'GET',
  path: base,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Order pages of a team',
  params: inTeam,
  query: listQuery,
  response: listOf(drop),
});
export const createDrop = operation({
  id: 'createDrop',
  method: 'POST',
  path: base,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make an order page',
  params: inTeam,
  body: dropSettings.extend(dropSecrets).meta({
    example: { name: 'prints', connectionId: 'con_01kazq8v3kf2wvpn2d8m6b3c9t', title: 'Order prints' },
  }),
  response: drop,
});
export const getDrop = operation({
  id: 'getDrop',
  method: 'GET',
  path: `${base}/:dropId`,
  tag,
  access: 'signed-in',
  status: 200,
  versioned: true,
  unversioned: ['phase', 'orders', 'retention'],
  summary: 'Show an order page',
  params: one,
  response: drop,
});
export const updateDrop = operation({
  id: 'updateDrop',
  method: 'PATCH',
  path: `${base}/:dropId`,
  tag,
  access: 'signed-in',
  status: 200,
  versioned: true,
  unversioned: ['phase', 'orders', 'retention'],
  summary: 'Edit an order page; another form becomes the next version of it',
  params: one,
  body: dropFields
    .partial()
    .extend(dropSecrets)
    .meta({ example: { title: 'Order posters', paused: true } }),
  response: drop,
});
export const deleteDrop = operation({
  id: 'deleteDrop',
  method: 'DELETE',
  path: `${base}/:dropId`,
  tag,
  access: 'signed-in',
  status: 204,
  summary:
    'Delete an order page and the record of its orders; with `files=true` their files too, where the connection may',
  description:
    'Refused with inUse while orders are there, unless `cascade=true`. Without `files=true` the files of orders that were sent stay in the bucket, and nothing deletes them when their days are over but a lifecycle rule of its own.',
  params: one,
  query: z.object({ cascade: z.stringbool().default(false), files: z.stringbool().default(false) }),
});
/**
 * What a page that was made from another is called until somebody names it: never longer than a title may be.
 *
 * @example copyTitle('Order prints') // 'Copy of Order prints'
 */
export const copyTitle = (title: string): string => {
  const before = 'Copy of ';
  const of = title.startsWith(before) ? title.slice(before.length) : title;
  // Whole code points: half a surrogate pair is no text.
  let text = before;
  for (const point of of) {
    if (text.length + point.length > longestTitle) break;
    text += point;
  }
  return text.trim();
};

export const cloneDrop = operation({
  id: 'cloneDrop',
  method: 'POST',
  path: `${base}/:dropId/clone`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make another page like this one, without its orders',
  params: one,
  body: z
    .object({
      name: slug,
      /** Absent: `Copy of` and the title of this one. */
      title: dropFields.shape.title.optional(),
    })
    .meta({ example: { name: 'prints-2', title: 'Order prints, spring' } }),
  response: drop,
});
export const listFormVersions = operation({
  id: 'listFormVersions',
  method: 'GET',
  path: `${base}/:dropId/forms`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Every version of the form, newest first',
  params: one,
  response: z.object({ items: z.array(formVersion) }),
});
export const checkDropRetention = operation({
  id: 'checkDropRetention',
  method: 'POST',
  path: `${base}/:dropId/retention-check`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Look whether files can be deleted, or whether the bucket has the lifecycle rule',
  params: one,
  response: drop,
});
