import { sequence } from '@windlass/sdk';
import { withoutParameters, type ImageParameters } from '../../../lib/image-parameters.ts';

/** Fixed: one size at several device pixel ratios. Fluid: several widths, of which the browser takes one by `sizes`. */
export const srcsetKinds = ['fixed', 'fluid'] as const;
export type SrcsetKind = (typeof srcsetKinds)[number];

/** Formats of the `<source>` elements, best first; the `<img>` takes the last one, which every browser reads. */
export const pictureElementFormats = ['avif', 'webp', 'jpeg'] as const;

export interface SrcsetChoice {
  kind: SrcsetKind;
  /** The largest device pixel ratio, from 1. */
  ratios: number;
  /** In pixels of the picture. */
  from: number;
  to: number;
  count: number;
  /** The attribute, e.g. `(max-width: 600px) 100vw, 50vw`. */
  sizes: string;
  /** `<picture>` with a source for each format in place of a bare `<img>`. */
  formats: boolean;
}

/** @param widest pixels of the original, which no candidate exceeds; null where they are not known */
export const firstSrcsetChoice = (
  parameters: ImageParameters,
  widest: number | null = null,
): SrcsetChoice => ({
  kind: 'width' in parameters || 'height' in parameters ? 'fixed' : 'fluid',
  ratios: 3,
  from: Math.min(320, Math.ceil((widest ?? 1920) / 4)),
  to: Math.min(1920, widest ?? 1920),
  count: 5,
  sizes: '100vw',
  formats: false,
});

export interface Candidate {
  /** `2x` or `640w`. */
  descriptor: string;
  parameters: ImageParameters;
}

const widthsOf = ({ from, to, count }: SrcsetChoice): readonly number[] => [
  ...new Set(sequence({ from, to }, count)),
];

/** A fluid picture keeps its shape: a height beside a width becomes a ratio. */
const fluidShape = (parameters: ImageParameters): ImageParameters => {
  const { width, height } = parameters;
  const rest = withoutParameters(parameters, ['width', 'height', 'dpr']);
  if (width === undefined || height === undefined || 'aspect-ratio' in rest) return rest;
  return { 'aspect-ratio': `${width}:${height}`, ...rest };
};

/** The candidates of one `srcset`, smallest first. */
export const srcsetPlan = (parameters: ImageParameters, choice: SrcsetChoice): readonly Candidate[] => {
  if (choice.kind === 'fluid') {
    const shape = fluidShape(parameters);
    return widthsOf(choice).map((width) => ({
      descriptor: `${width}w`,
      parameters: { width: String(width), ...shape },
    }));
  }
  const rest = withoutParameters(parameters, ['dpr']);
  return Array.from({ length: choice.ratios }, (_, index) => index + 1).map((ratio) => ({
    descriptor: `${ratio}x`,
    parameters: ratio === 1 ? rest : { ...rest, dpr: String(ratio) },
  }));
};

/** What a browser would be told wrongly: a picture is not made wider than its original, unless `upscale` asks for it. */
export const srcsetWarning = (
  { kind, to }: SrcsetChoice,
  { upscale }: ImageParameters,
  widest: number | null,
): string | null =>
  kind === 'fluid' && widest !== null && to > widest && upscale !== 'true'
    ? `The original is ${widest} pixels wide, and so are the candidates that are to be wider. Set the largest width to ${widest}, or upscale.`
    : null;

/** What makes a choice unusable, by field; empty where nothing does. */
export const srcsetProblems = ({ kind, from, to }: SrcsetChoice, parameters: ImageParameters) => {
  if (kind === 'fluid') return from >= to ? { to: 'Larger than the smallest width.' } : {};
  return 'width' in parameters || 'height' in parameters
    ? {}
    : { kind: 'A fixed size needs a width or a height: set one in the parameters.' };
};
