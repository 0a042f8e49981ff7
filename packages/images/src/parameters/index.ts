export { BadValue } from '../bad-value.ts';
export {
  groupTitles,
  parameterGroups,
  type Parameter,
  type ParameterControl,
  type ParameterGroup,
} from './parameter.ts';
export {
  isParameterName,
  parameterNames,
  parameters,
  pictureParameterNames,
  pictureParameters,
  type ParameterName,
  type ParameterValues,
  type PictureParameterName,
  type PictureValues,
} from './parameters.ts';
export { type Color } from './color.ts';
export { modes, type Mode } from './size.ts';
export { overlayNames, type OverlayName } from './overlay.ts';
export { openApiParameters, type OpenApiParameter } from './open-api.ts';
export { presetName } from './delivery.ts';
export { type NestedTarget } from './nested-target.ts';
export { autoFormats, clientClass, type AutoFormat, type ClientFacts } from '../plan/accepts.ts';
export { canonicalPlan } from '../plan/canonical-plan.ts';
export {
  formatFacts,
  outputFormats,
  pictureFormats,
  requestedFormats,
  type OutputFormat,
  type PictureFormat,
  type RequestedFormat,
} from '../plan/formats.ts';
export { parameterDefaults, valueOr } from '../plan/parameter-defaults.ts';
export { parsePlan, type Fit, type Plan } from '../plan/plan.ts';
export { defaultPlanSettings, type PlanSettings } from '../plan/plan-settings.ts';
export { parseQuery } from '../url/query.ts';
