import { parameterDefaults } from '../plan/parameter-defaults.ts';
import type { Parameter } from './parameter.ts';
import { parameterNames, parameters, type ParameterName } from './parameters.ts';

/** A query parameter of an OpenAPI 3.1 operation. */
export interface OpenApiParameter {
  name: string;
  in: 'query';
  description: string;
  schema: Readonly<Record<string, unknown>> & { default?: string | number | boolean };
  example: string | number | boolean;
}

// The table as a whole: values only go from parse to print.
const table = parameters as unknown as Readonly<Record<ParameterName, Parameter<unknown>>>;

const typeOf = ({ control }: Parameter<unknown>): Readonly<Record<string, unknown>> => {
  switch (control.kind) {
    case 'number':
      return { type: control.whole ? 'integer' : 'number', minimum: control.min, maximum: control.max };
    case 'switch':
      return { type: 'boolean' };
    case 'choice':
      return control.open ? { type: 'string' } : { type: 'string', enum: [...control.choices] };
    case 'color':
    case 'picture':
    case 'text':
      return { type: 'string' };
  }
};

const defaults: Readonly<Record<string, unknown>> = parameterDefaults;

/** JSON has numbers and booleans of its own; all else is the text of a URL, before it is encoded. */
const asJson = (name: ParameterName, text: string): string | number | boolean => {
  const { kind } = table[name].control;
  if (kind === 'number') return Number(text);
  return kind === 'switch' ? text === 'true' : text;
};

/** Every parameter of an image URL but `signature`, out of the table that the parser runs on. */
export const openApiParameters = (): readonly OpenApiParameter[] =>
  parameterNames.map((name) => {
    const parameter = table[name];
    const initial = Object.hasOwn(defaults, name)
      ? { default: asJson(name, parameter.print(defaults[name])) }
      : {};
    return {
      name,
      in: 'query',
      description: `${parameter.does}. Takes ${parameter.takes}. When not set: ${parameter.unset}.`,
      schema: { ...typeOf(parameter), ...initial },
      example: asJson(name, parameter.example),
    };
  });
