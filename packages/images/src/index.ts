export { BadValue } from './bad-value.ts';
export { parseTarget, type ImageTarget, type TargetInput } from './url/target.ts';
export { parseQuery } from './url/query.ts';
export { signTarget, verifySignature, type SignatureVerdict, type SigningKeys } from './url/signature.ts';
export { canonicalPlan } from './plan/canonical-plan.ts';
export { autoFormats, clientClass, type AutoFormat, type ClientFacts } from './plan/accepts.ts';
export { nestingProblem } from './plan/nesting.ts';
export { overlayNames, parsePlan, type Fit, type OverlayName, type Plan } from './plan/plan.ts';
export { defaultPlanSettings, type PlanSettings } from './plan/plan-settings.ts';
export { parameters, type ParameterName } from './parameters/parameters.ts';
export { presetName } from './parameters/delivery.ts';
export { type NestedTarget } from './parameters/nested-target.ts';
export { formatFacts, outputFormats, type OutputFormat, type RequestedFormat } from './plan/formats.ts';
export { encoderSettings } from './plan/encoder-settings.ts';
export { encoderVersion } from './render/encoder-version.ts';
export { peekedBytes, peekHeader } from './inputs/peek-header.ts';
export { inputFormats, sniff, type InputFormat } from './render/sniff.ts';
export { RenderError, renderFailures, type RenderFailure } from './render/render-error.ts';
export type {
  MezzanineJob,
  OriginalFacts,
  OriginalFile,
  Overlays,
  PictureJob,
  RenderedPicture,
  RenderJob,
  RenderLimits,
  RenderStages,
} from './render/job.ts';
export { canUseMezzanine } from './render/can-use-mezzanine.ts';
export { predictCost, type Cost } from './render/cost.ts';
export { lanes, type Lane } from './render/lane.ts';
export { createRenderPool, type RenderObservation, type RenderPoolOptions } from './render/render-pool.ts';
export type { RenderPool, RenderPoolStats, RenderRequest } from './render/render-request.ts';
