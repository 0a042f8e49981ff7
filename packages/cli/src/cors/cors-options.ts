import type { OutputFormat } from '../command-output.ts';

export interface CorsGenerateOptions {
  job: string[];
  origin: string[];
  provider: string;
}

export interface CorsLintOptions {
  provider?: string;
  origin?: string;
  job: string[];
  strict?: true;
  format: OutputFormat;
}
