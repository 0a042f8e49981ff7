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
