/** Where a parameter stands in the reference, in the form of a source's page and in the help of the command. */
export const parameterGroups = [
  'size',
  'crop',
  'colour',
  'background',
  'overlay',
  'text',
  'output',
  'delivery',
] as const;
export type ParameterGroup = (typeof parameterGroups)[number];

export const groupTitles: Readonly<Record<ParameterGroup, string>> = {
  size: 'Size',
  crop: 'Crop',
  colour: 'Colour and effects',
  background: 'Background',
  overlay: 'Overlays',
  text: 'Text',
  output: 'Format',
  delivery: 'Presets and delivery',
};

/** How a form asks for a value. What is typed is still read by `parse`. */
export type ParameterControl =
  | { kind: 'number'; min: number; max: number; step: number; whole: boolean; unit?: 'px' | '%' | '°' | 'pt' }
  /** `open`: the choices are the usual ones, and `parse` takes more. */
  | { kind: 'choice'; choices: readonly string[]; open?: true }
  | { kind: 'switch' }
  | { kind: 'color' }
  /** A value with a grammar of its own, e.g. `16:9`; the placeholder is a valid one. */
  | { kind: 'text'; placeholder: string; lines?: number }
  /** A picture of this source by its path, or the URL of one on another source. */
  | { kind: 'picture' };

/** What a parameter's definition says in words; the kind of value says the rest. */
export type ParameterWords = Pick<Parameter<unknown>, 'group' | 'unset' | 'does' | 'example'>;

export interface ParameterLimits {
  /** Largest width or height that may be asked for, in pixels. */
  maxSide: number;
}

/** One parameter of an image URL, as data: the parser, the reference, OpenAPI and the form all read this. */
export interface Parameter<T> {
  group: ParameterGroup;
  control: ParameterControl;
  /**
   * Text is never empty here: empty means "not set", but where `keepsEmpty` says otherwise.
   *
   * @throws {BadValue} that names the parameter and says what it takes
   */
  parse(name: string, text: string, limits: ParameterLimits): T;
  /** The one spelling of a value in a canonical plan; parsing it gives the value again. */
  print(value: T): string;
  keepsEmpty?: true;
  /** For the reference: Markdown, one line each. */
  takes: string;
  unset: string;
  does: string;
  /** A valid value for OpenAPI and the reference. */
  example: string;
}
