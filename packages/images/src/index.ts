export { BadValue } from './bad-value.ts';
export { parseTarget, type ImageTarget, type TargetInput } from './url/target.ts';
export { parseQuery } from './url/query.ts';
export { signTarget, verifySignature, type SignatureVerdict, type SigningKeys } from './url/signature.ts';
export { canonicalPlan, parsePlan, type Fit, type Plan, type PlanLimits } from './plan/plan.ts';
export { parameters, type ParameterName } from './plan/parameters.ts';
export { formatFacts, outputFormats, type OutputFormat } from './plan/formats.ts';
export { encoderSettings } from './plan/encoder-settings.ts';
export { encoderVersion } from './render/encoder-version.ts';
export { inputFormats, sniff, type InputFormat } from './render/sniff.ts';
export { RenderError, renderFailures, type RenderFailure } from './render/render-error.ts';
export type { RenderedPicture, RenderLimits } from './render/job.ts';
export {
  createRenderPool,
  type RenderPool,
  type RenderPoolOptions,
  type RenderPoolStats,
} from './render/render-pool.ts';
