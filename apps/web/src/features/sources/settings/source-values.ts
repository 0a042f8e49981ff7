import {
  autoFormats,
  sourceErrorAnswers,
  sourceKinds,
  sourceSettings,
  type AutoFormat,
  type Source,
  type SourceErrorAnswer,
  type SourceKind,
} from '@windlass/contract';
import type { useForm } from '@mantine/form';

const MiB = 1024 * 1024;

/** A source as its form holds it: empty texts for what is not set, megabytes for people. */
export interface SourceValues {
  name: string;
  kind: SourceKind;
  connectionId: string;
  webBaseUrl: string;
  prefix: string;
  secured: boolean;
  presetsOnly: boolean;
  /** As they are typed, one a piece. */
  allowedSizes: string[];
  defaultParameters: string;
  autoFormats: string[];
  maxAgeSeconds: number | string;
  revalidateSeconds: number | string;
  staleSeconds: number | string;
  fallbackPath: string;
  onError: SourceErrorAnswer;
  cacheConnectionId: string;
  maxInputMebibytes: number | string;
  maxInputPixels: number | string;
  maxInputFrames: number | string;
  maxOutputSide: number | string;
}
/** What the fields need of a form; how it validates is its owner's business. */
export type SourceForm = Pick<
  ReturnType<typeof useForm<SourceValues>>,
  'values' | 'errors' | 'getInputProps' | 'setFieldValue'
>;

type Settings = Omit<Source, 'id' | 'connectionName' | 'baseUrl' | 'hostUrl' | 'demo' | 'presets'>;

const valuesFrom = (settings: Omit<Settings, `${string}At` | `${string}Until`>): SourceValues => ({
  name: settings.name,
  kind: settings.kind,
  connectionId: settings.connectionId ?? '',
  webBaseUrl: settings.webBaseUrl ?? '',
  prefix: settings.prefix,
  secured: settings.secured,
  presetsOnly: settings.presetsOnly,
  allowedSizes: (settings.allowedSizes ?? []).map(String),
  defaultParameters: settings.defaultParameters,
  autoFormats: [...settings.autoFormats],
  maxAgeSeconds: settings.maxAgeSeconds,
  revalidateSeconds: settings.revalidateSeconds,
  staleSeconds: settings.staleSeconds,
  fallbackPath: settings.fallbackPath ?? '',
  onError: settings.onError,
  cacheConnectionId: settings.cacheConnectionId ?? '',
  maxInputMebibytes: Math.round((settings.limits.maxInputBytes / MiB) * 1000) / 1000,
  maxInputPixels: settings.limits.maxInputPixels,
  maxInputFrames: settings.limits.maxInputFrames,
  maxOutputSide: settings.limits.maxOutputSide,
});

/** What the contract fills in for a source that only has a name. */
export const newSource = (connectionId: string): SourceValues => ({
  ...valuesFrom(sourceSettings.parse({ name: 'new' })),
  name: '',
  connectionId,
});

export const valuesOf = (source: Source): SourceValues => valuesFrom(source);

// An emptied number field holds ''; NaN then fails the schema, which says what is allowed.
const number = (value: number | string): number => (typeof value === 'number' ? value : Number.NaN);
const orNull = (text: string): string | null => (text === '' ? null : text);
const isAutoFormat = (text: string): text is AutoFormat => autoFormats.some((format) => format === text);

/** The body of createSource and updateSource; presets are edited by themselves. */
export const sourceBody = (values: SourceValues) => ({
  name: values.name,
  kind: values.kind,
  connectionId: values.kind === 'connection' ? orNull(values.connectionId) : null,
  webBaseUrl: values.kind === 'web' ? orNull(values.webBaseUrl.trim()) : null,
  prefix: values.prefix,
  secured: values.secured,
  presetsOnly: values.presetsOnly,
  allowedSizes:
    values.allowedSizes.length === 0
      ? null
      : [...new Set(values.allowedSizes.map(Number))].toSorted((a, b) => a - b),
  defaultParameters: values.defaultParameters.replace(/^\?/, ''),
  autoFormats: values.autoFormats.filter(isAutoFormat),
  maxAgeSeconds: number(values.maxAgeSeconds),
  revalidateSeconds: number(values.revalidateSeconds),
  staleSeconds: number(values.staleSeconds),
  fallbackPath: orNull(values.fallbackPath),
  onError: values.onError,
  cacheConnectionId: orNull(values.cacheConnectionId),
  limits: {
    maxInputBytes: Math.round(number(values.maxInputMebibytes) * MiB),
    maxInputPixels: number(values.maxInputPixels),
    maxInputFrames: number(values.maxInputFrames),
    maxOutputSide: number(values.maxOutputSide),
  },
});

const fieldOf: Readonly<Record<string, string>> = {
  'limits.maxInputBytes': 'maxInputMebibytes',
  'limits.maxInputPixels': 'maxInputPixels',
  'limits.maxInputFrames': 'maxInputFrames',
  'limits.maxOutputSide': 'maxOutputSide',
};

const aYear = 'A whole number from 0 to 31,536,000 (a year).';
const rangeOf: Readonly<Record<string, string>> = {
  maxInputMebibytes: 'Between 0.001 and 500.',
  maxInputPixels: 'A whole number from 1 to 500,000,000.',
  maxInputFrames: 'A whole number from 1 to 1000.',
  maxOutputSide: 'A whole number from 1 to 16,384.',
  maxAgeSeconds: aYear,
  revalidateSeconds: aYear,
  staleSeconds: aYear,
  allowedSizes: 'Whole numbers from 1 to 16,384, at most 200 of them.',
};

/** Errors by path of the wire as errors by field of the form; numbers tell their range. */
export const formErrors = (errors: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).map(([path, text]) => {
      // An entry of a list is told at the list.
      const field = fieldOf[path] ?? path.replace(/^(allowedSizes|autoFormats)\..*$/, '$1');
      return [field, rangeOf[field] ?? text];
    }),
  );

/** What the schema leaves to the server: the kind of a source names the field that it needs. */
export const neededByKind = (values: SourceValues): Record<string, string> => {
  const field = values.kind === 'connection' ? 'connectionId' : 'webBaseUrl';
  return values[field].trim() === '' ? { [field]: 'This is needed.' } : {};
};

export const isSourceKind = (text: string): text is SourceKind => sourceKinds.some((kind) => kind === text);
export const isErrorAnswer = (text: string | null): text is SourceErrorAnswer =>
  sourceErrorAnswers.some((answer) => answer === text);
