import { BadValue, parsePlan, type PlanSettings } from '@windlass/images';
import { AppError } from '../../kernel/app-error.ts';
import { requireOverlays, type SetBy } from './overlay-parameters.ts';

/** What of a source decides how a query becomes a plan. */
export interface ParameterSettings {
  defaultParameters: string;
  presets: PlanSettings['presets'];
  presetsOnly: boolean;
  allowedSizes: PlanSettings['allowedSizes'];
  autoFormats: PlanSettings['autoFormats'];
  limits: { maxOutputSide: number };
}

/** The same as the image server reads it. */
export const planSettingsOf = (source: ParameterSettings): PlanSettings => ({
  defaults: source.defaultParameters,
  presets: source.presets,
  presetsOnly: source.presetsOnly,
  allowedSizes: source.allowedSizes,
  autoFormats: source.autoFormats,
  maxSide: source.limits.maxOutputSide,
});

/**
 * The same for a picture inside another one. It takes no defaults: they are for what a page shows, and a logo would
 * wear itself. What only strangers are refused is open to a source that names the picture in its own presets or defaults.
 */
export const overlaySettingsOf = (source: ParameterSettings, setBy: SetBy): PlanSettings => ({
  ...planSettingsOf(source),
  defaults: '',
  ...(setBy === 'source' ? { presetsOnly: false, allowedSizes: null } : {}),
});

/**
 * Reads a query as the image server would, with those of the pictures in it.
 *
 * @param field of the request that the query came from
 * @throws AppError invalidRequest that names the field and the parameter
 */
export const requireParameters = (rawQuery: string, source: ParameterSettings, field: string): void => {
  try {
    requireOverlays(parsePlan(rawQuery, planSettingsOf(source)), (setBy) => overlaySettingsOf(source, setBy));
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    throw new AppError('invalidRequest', `${error.message}.`, {
      cause: error,
      errors: [{ path: field, message: error.message }],
    });
  }
};
