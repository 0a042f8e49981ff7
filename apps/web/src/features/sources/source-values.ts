import { sourceSettings, type Source } from '@windlass/contract';

const MiB = 1024 * 1024;

/** A source as its form holds it: megabytes for people, bytes on the wire. */
export interface SourceValues {
  name: string;
  connectionId: string;
  prefix: string;
  secured: boolean;
  defaultParameters: string;
  maxAgeSeconds: number | string;
  maxInputMebibytes: number | string;
  maxInputPixels: number | string;
  maxInputFrames: number | string;
  maxOutputSide: number | string;
}

const defaults = sourceSettings.shape.limits.parse(undefined);

export const newSource = (connectionId: string): SourceValues => ({
  name: '',
  connectionId,
  prefix: '',
  secured: false,
  defaultParameters: '',
  maxAgeSeconds: 86_400,
  maxInputMebibytes: defaults.maxInputBytes / MiB,
  maxInputPixels: defaults.maxInputPixels,
  maxInputFrames: defaults.maxInputFrames,
  maxOutputSide: defaults.maxOutputSide,
});

export const valuesOf = (source: Source): SourceValues => ({
  name: source.name,
  connectionId: source.connectionId,
  prefix: source.prefix,
  secured: source.secured,
  defaultParameters: source.defaultParameters,
  maxAgeSeconds: source.maxAgeSeconds,
  maxInputMebibytes: Math.round((source.limits.maxInputBytes / MiB) * 1000) / 1000,
  maxInputPixels: source.limits.maxInputPixels,
  maxInputFrames: source.limits.maxInputFrames,
  maxOutputSide: source.limits.maxOutputSide,
});

// An emptied number field holds ''; NaN then fails the schema, which says what is allowed.
const number = (value: number | string): number => (typeof value === 'number' ? value : Number.NaN);

/** The body of createSource and updateSource. */
export const sourceBody = (values: SourceValues) => ({
  name: values.name,
  connectionId: values.connectionId,
  prefix: values.prefix,
  secured: values.secured,
  defaultParameters: values.defaultParameters.replace(/^\?/, ''),
  maxAgeSeconds: number(values.maxAgeSeconds),
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

const rangeOf: Readonly<Record<string, string>> = {
  maxInputMebibytes: 'Between 0.001 and 500.',
  maxInputPixels: 'A whole number from 1 to 500,000,000.',
  maxInputFrames: 'A whole number from 1 to 1000.',
  maxOutputSide: 'A whole number from 1 to 16,384.',
  maxAgeSeconds: 'A whole number from 0 to 31,536,000 (a year).',
};

/** Errors by path of the wire as errors by field of the form; numbers tell their range. */
export const formErrors = (errors: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).map(([path, text]) => {
      const field = fieldOf[path] ?? path;
      return [field, rangeOf[field] ?? text];
    }),
  );
