/**
 * The slots of sharp's pipeline in the order in which libvips runs them, whatever the order of the calls. Each is used
 * once; `composite` takes a list. From `src/pipeline.cc` of sharp 0.35.
 */
export const stages = [
  'open',
  'trim',
  'region',
  'flatten',
  'resize',
  'flip',
  'crop',
  'rotate',
  'extract',
  'extend',
  'blur',
  'recomb',
  'composite',
  'linear',
  'profile',
] as const;
export type Stage = (typeof stages)[number];
