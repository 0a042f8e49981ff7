import { policyKinds, type PolicyKind } from '@windlass/policy';
import { capabilities, policyProviders } from '@windlass/policy/generate';
import { z } from 'zod';

/** In UTF-16 units: more than any policy may have, and little enough to read on every key stroke. */
export const longestText = 100_000;
export const mostDocuments = 8;
const mostPairs = 40;

const text = z.string().max(longestText);
const field = z.string().max(2048);

/** A name with its value: a condition key, or a header or query parameter of a call. */
const pairs = z.array(z.object({ name: field, value: field })).max(mostPairs);

const documentSchema = z.object({ id: z.string().max(64), kind: z.enum(policyKinds), text });

const requestSchema = z.object({
  operation: z.string().max(64),
  bucket: field,
  /** For calls on an object. */
  key: field,
  /** Where CopyObject and UploadPartCopy read. */
  source: z.object({ bucket: field, key: field }),
  parameters: pairs,
  principal: field,
  /** Twelve digits: who owns the bucket. */
  account: field,
  context: pairs,
  accessPoint: field,
  blockPublicAccess: z.boolean(),
});

/** Fields of the request that follow the documents until the person sets them. */
export const followedFields = ['bucket', 'principal', 'account'] as const;
export type FollowedField = (typeof followedFields)[number];

const checkSchema = z.object({
  documents: z.array(documentSchema).min(1).max(mostDocuments),
  /** Id of the document that is open. */
  open: z.string().max(64),
  provider: z.enum(policyProviders),
  request: requestSchema,
  /** Fields that the person has set. */
  set: z.array(z.enum(followedFields)).optional(),
});

const generateSchema = z.object({
  capabilities: z.array(z.enum(capabilities)),
  provider: z.enum(policyProviders),
  bucket: field,
  prefix: field,
  outputPrefix: field,
  region: field,
  accountId: field,
  principal: field,
  accessPoint: field,
  trustPrincipal: field,
  externalId: field,
  origins: text,
  writeOnce: z.boolean(),
  tlsOnly: z.boolean(),
  accountPin: z.boolean(),
  kmsKey: field,
});

const compareSchema = z.object({
  left: text,
  against: z.enum(['policy', 'job']),
  right: text,
  capabilities: z.array(z.enum(capabilities)),
  bucket: field,
  prefix: field,
});

const corsSchema = z.object({
  text,
  origin: field,
  method: field,
  /** Names, separated by commas. */
  headers: field,
});

/** Everything a person has put into the studio, a part for each view. */
export const studioSchema = z.object({
  check: checkSchema,
  generate: generateSchema,
  compare: compareSchema,
  cors: corsSchema,
});

/** One view with what was put into it: what a link holds. */
export const studioPartSchema = z.discriminatedUnion('view', [
  z.object({ view: z.literal('check'), state: checkSchema }),
  z.object({ view: z.literal('generate'), state: generateSchema }),
  z.object({ view: z.literal('compare'), state: compareSchema }),
  z.object({ view: z.literal('cors'), state: corsSchema }),
]);

export type StudioPart = z.infer<typeof studioPartSchema>;
export type Studio = z.infer<typeof studioSchema>;
export type StudioDocument = z.infer<typeof documentSchema>;
export type TriedRequest = z.infer<typeof requestSchema>;
export type CheckState = z.infer<typeof checkSchema>;
export type GenerateState = z.infer<typeof generateSchema>;
export type CompareState = z.infer<typeof compareSchema>;
export type CorsState = z.infer<typeof corsSchema>;
export type Pair = TriedRequest['parameters'][number];

/** Line ends as the editor has them, so that places found in the text are places in the editor. */
export const normalText = (pasted: string): string => pasted.replaceAll(/\r\n?/g, '\n').slice(0, longestText);

/** The document that is open; the first where the id is of none. */
export const openDocument = ({ documents, open }: CheckState): StudioDocument => {
  const document = documents.find(({ id }) => id === open) ?? documents[0];
  if (document === undefined) throw new Error('the studio always has a document');
  return document;
};

/** An id that no document has. */
export const freshId = (documents: readonly StudioDocument[], kind: PolicyKind): string => {
  let number = documents.length + 1;
  while (documents.some(({ id }) => id === `${kind}-${number}`)) number += 1;
  return `${kind}-${number}`;
};
