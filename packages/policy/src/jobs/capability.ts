/** What a set of credentials is made for. The rights of each are in `needs.ts`. */
export const capabilities = [
  'deliver',
  'ingest',
  'ingestResumable',
  'process',
  'gallery',
  'galleryMember',
  'galleryAdmin',
] as const;
export type Capability = (typeof capabilities)[number];

/** What the jobs of a connection need: uploads of the product can be resumed, and its gallery tells members apart itself. */
export const capabilityOfJob = {
  deliver: 'deliver',
  ingest: 'ingestResumable',
  process: 'process',
  gallery: 'gallery',
} as const satisfies Record<string, Capability>;
