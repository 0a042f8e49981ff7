import type { OperationInput, SourceSettings, updateSource } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import { definedOnly } from '../../kernel/defined-only.ts';
import { pathOf } from './image-path.ts';
import { normalBaseUrl } from './origins/web-address.ts';
import { requireParameters } from './parameters.ts';
import type { SourceRow } from './store.ts';

type SourceEdit = OperationInput<typeof updateSource>['body'];

/** What of a row people have set. */
export const settingsOf = (row: SourceRow): SourceSettings => ({
  name: row.name,
  kind: row.kind,
  connectionId: row.connectionId,
  webBaseUrl: row.webBaseUrl,
  prefix: row.prefix,
  secured: row.secured,
  defaultParameters: row.defaultParameters,
  presets: row.presets,
  presetsOnly: row.presetsOnly,
  allowedSizes: row.allowedSizes,
  autoFormats: row.autoFormats,
  maxAgeSeconds: row.maxAgeSeconds,
  revalidateSeconds: row.revalidateSeconds,
  staleSeconds: row.staleSeconds,
  fallbackPath: row.fallbackPath,
  onError: row.onError,
  cacheConnectionId: row.cacheConnectionId,
  limits: row.limits,
});

/** What a source has now, with what an edit names. Of the two places the one that belongs to the kind stays. */
export const editedSettings = (row: SourceRow, { limits, ...given }: SourceEdit): SourceSettings => {
  const kind = given.kind ?? row.kind;
  return {
    ...settingsOf(row),
    connectionId: kind === 'connection' ? row.connectionId : null,
    webBaseUrl: kind === 'web' ? row.webBaseUrl : null,
    ...definedOnly(given),
    kind,
    limits: { ...row.limits, ...definedOnly(limits ?? {}) },
  };
};

/**
 * Settings in the form that is kept.
 *
 * @throws AppError invalidRequest that names the field: a place that does not fit the kind, parameters that no request could
 *   send, a fallback that no picture can be
 */
export const requireSettings = (given: SourceSettings): SourceSettings => {
  requirePlace(given);
  requireParameters('', given, 'defaultParameters');
  for (const name of Object.keys(given.presets)) {
    requireParameters(`preset=${name}`, given, `presets.${name}`);
  }
  return {
    ...given,
    webBaseUrl: given.webBaseUrl === null ? null : normalBaseUrl(given.webBaseUrl),
    // Each once, in a fixed order: two forms that mean the same are the same.
    allowedSizes:
      given.allowedSizes === null ? null : [...new Set(given.allowedSizes)].toSorted((a, b) => a - b),
    autoFormats: [...new Set(given.autoFormats)].toSorted(),
    fallbackPath: given.fallbackPath === null ? null : pathOf(given.fallbackPath, 'fallbackPath'),
  };
};

/** The same as columns. */
export const settingsColumns = ({ limits, presets, ...settings }: SourceSettings) => ({
  ...settings,
  limits: JSON.stringify(limits),
  presets: JSON.stringify(presets),
});

const requirePlace = ({ kind, connectionId, webBaseUrl }: SourceSettings): void => {
  const places = { connectionId, webBaseUrl };
  const [needed, other] =
    kind === 'connection'
      ? (['connectionId', 'webBaseUrl'] as const)
      : (['webBaseUrl', 'connectionId'] as const);
  if (places[needed] === null) throw wrongPlace(needed, `is needed by a source of the kind ${kind}`);
  if (places[other] !== null) throw wrongPlace(other, `is for another kind of source than ${kind}`);
};

const wrongPlace = (path: string, message: string): AppError =>
  new AppError('invalidRequest', `${path} ${message}.`, { errors: [{ path, message }] });
