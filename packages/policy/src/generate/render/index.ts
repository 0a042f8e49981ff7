export * from './bucket-settings.ts';
export * from './console-steps.ts';
export * from './render-cli.ts';
export * from './render-cloudformation.ts';
export * from './render-terraform.ts';
export type { RenderOptions } from './set-up.ts';
