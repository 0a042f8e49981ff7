export { createSource, type ImageSource, type SourceOptions } from './source.ts';
export type { ImageParameters, ParameterValue } from './parameters.ts';
export { sequence, type Range } from './sequence.ts';
export { sign, type SigningKeys } from './sign.ts';
export { srcsetCandidates, type Fluid, type SrcsetCandidate, type SrcsetParameters } from './srcset.ts';
