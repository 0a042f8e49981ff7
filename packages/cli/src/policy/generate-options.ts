/** Languages in which a set-up can be written. */
export const renderings = ['json', 'cli', 'terraform', 'cloudformation', 'console'] as const;
export type Rendering = (typeof renderings)[number];

export const documentNames = [
  'all',
  'identity',
  'bucket',
  'access-point',
  'trust',
  'cors',
  'lifecycle',
] as const;
export type DocumentName = (typeof documentNames)[number];

export interface GenerateOptions {
  job: string[];
  bucket: string;
  prefix: string;
  outputPrefix?: string;
  provider: string;
  region?: string;
  accountId?: string;
  principal?: string;
  accessPoint?: string;
  trustPrincipal?: string;
  externalId?: string;
  issuer?: string;
  audience?: string;
  subject?: string;
  origin: string[];
  user?: string;
  name?: string;
  writeOnce?: true;
  tlsOnly?: true;
  accountPin?: true;
  kmsKey?: string;
  existingBucket?: true;
  endpoint?: string;
  as: Rendering;
  document: DocumentName;
}
