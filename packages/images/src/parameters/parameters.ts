import { backgroundParameters } from './background.ts';
import { colourParameters } from './colour.ts';
import { cropParameters } from './crop.ts';
import { deliveryParameters } from './delivery.ts';
import { outputParameters } from './output.ts';
import { overlayParameters } from './overlay.ts';
import type { Parameter } from './parameter.ts';
import { sizeParameters } from './size.ts';
import { textParameters } from './text.ts';

/** Every parameter that decides a byte of the picture. */
export const pictureParameters = {
  ...sizeParameters,
  ...cropParameters,
  ...colourParameters,
  ...backgroundParameters,
  ...overlayParameters,
  ...textParameters,
  ...outputParameters,
};

/** Every parameter that means something here, as data. What is not in this table is ignored, as imglab's clients expect. */
export const parameters = { ...pictureParameters, ...deliveryParameters };

export type ParameterName = keyof typeof parameters;
export type PictureParameterName = keyof typeof pictureParameters;

/** True where an empty value is a value: everywhere else it means that nothing is set. */
export const keepsEmpty = (name: ParameterName): boolean => 'keepsEmpty' in parameters[name];

type ValueOf<P> = P extends Parameter<infer T> ? T : never;

export type ParameterValues = { [Name in ParameterName]?: ValueOf<(typeof parameters)[Name]> };
export type PictureValues = Pick<ParameterValues, PictureParameterName>;

/** The one spelling of a value; what makes two values comparable. */
export const printValue = <Name extends PictureParameterName>(
  name: Name,
  value: NonNullable<PictureValues[Name]>,
): string => {
  // The value belongs to the name; TypeScript cannot follow that through the union of all names.
  const { print } = pictureParameters[name] as unknown as Parameter<typeof value>;
  return print(value);
};

// Object.keys knows only strings; the table is a constant that nobody adds to.
export const parameterNames = Object.keys(parameters) as readonly ParameterName[];
export const pictureParameterNames = Object.keys(pictureParameters) as readonly PictureParameterName[];

export const isParameterName = (name: string): name is ParameterName => Object.hasOwn(parameters, name);
