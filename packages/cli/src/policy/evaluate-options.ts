import type { OutputFormat } from '../command-output.ts';

/** Flags of `windlass policy evaluate`; those of policies name files. */
export interface EvaluateOptions {
  identity: string[];
  group: string[];
  boundary: string[];
  session?: string;
  bucketPolicy?: string;
  accessPointPolicy?: string;
  accessPoint?: string;
  trust?: string;
  vpcEndpoint: string[];
  scp: string[];
  rcp: string[];
  blockPublicAccess?: true;
  principal: string;
  account?: string;
  action?: string;
  resource?: string;
  call?: string;
  bucket?: string;
  key?: string;
  parameter: string[];
  context: string[];
  expect?: 'allowed' | 'denied';
  format: OutputFormat;
}
