import type { JsonNode, JsonObject } from '../reader/json-node.ts';

export const corsFields = [
  'ID',
  'AllowedOrigins',
  'AllowedMethods',
  'AllowedHeaders',
  'ExposeHeaders',
  'MaxAgeSeconds',
] as const;
export type CorsField = (typeof corsFields)[number];

export interface CorsValue {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly path: string;
}

export interface CorsRuleView {
  readonly start: number;
  readonly end: number;
  readonly path: string;
  /** Null for a rule in XML, which is read and not mended. */
  readonly object: JsonObject | null;
  readonly values: Readonly<Record<CorsField, readonly CorsValue[]>>;
}

/** Something that is no rule, or no part of one. */
export interface CorsStray {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface CorsView {
  readonly rules: readonly CorsRuleView[];
  readonly strays: readonly CorsStray[];
}

const noValues = (): Record<CorsField, CorsValue[]> => ({
  ID: [],
  AllowedOrigins: [],
  AllowedMethods: [],
  AllowedHeaders: [],
  ExposeHeaders: [],
  MaxAgeSeconds: [],
});

/** Reads the list of the S3 console, and the object with `CORSRules` that the CLI and the API take. */
export const viewCors = (root: JsonNode): CorsView => {
  const strays: CorsStray[] = [];
  const wrapped =
    root.type === 'object' ? root.members.find(({ name }) => name.value === 'CORSRules') : undefined;
  const list = wrapped?.value ?? root;
  const items = list.type === 'array' ? list.items : [list];
  const prefix = wrapped ? 'CORSRules' : '';
  const rules = items.flatMap((node, index) => {
    if (node.type === 'object') return [viewRule(node, `${prefix}[${index}]`, strays)];
    strays.push({
      start: node.start,
      end: node.end,
      message: 'A CORS rule is an object with AllowedOrigins and AllowedMethods',
    });
    return [];
  });
  return { rules, strays };
};

const viewRule = (object: JsonObject, path: string, strays: CorsStray[]): CorsRuleView => {
  const values = noValues();
  for (const { name, value } of object.members) {
    const field = corsFields.find((known) => known === name.value);
    if (field === undefined) {
      strays.push({
        start: name.start,
        end: name.end,
        message: `${JSON.stringify(name.value)} is no part of a CORS rule; there are ${corsFields.join(', ')}`,
      });
      continue;
    }
    for (const [index, item] of (value.type === 'array' ? value.items : [value]).entries()) {
      if (item.type === 'string' || item.type === 'number')
        values[field].push({
          text: String(item.value),
          start: item.start,
          end: item.end,
          path: `${path}.${field}${value.type === 'array' ? `[${index}]` : ''}`,
        });
      else strays.push({ start: item.start, end: item.end, message: `${field} holds texts` });
    }
    if (value.type !== 'array' && field !== 'ID' && field !== 'MaxAgeSeconds')
      strays.push({ start: value.start, end: value.end, message: `${field} is a list` });
  }
  return { start: object.start, end: object.start + 1, path, object, values };
};

const xmlFields: Readonly<Record<string, CorsField>> = {
  ID: 'ID',
  AllowedOrigin: 'AllowedOrigins',
  AllowedMethod: 'AllowedMethods',
  AllowedHeader: 'AllowedHeaders',
  ExposeHeader: 'ExposeHeaders',
  MaxAgeSeconds: 'MaxAgeSeconds',
};

/**
 * Reads S3's XML, tag by tag. Not an XML parser: the document is flat and has neither attributes that count nor entities
 * in the values that S3 takes.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSConfiguration.html
 */
export const viewCorsXml = (text: string): CorsView => {
  const rules: {
    start: number;
    end: number;
    path: string;
    object: null;
    values: Record<CorsField, CorsValue[]>;
  }[] = [];
  const strays: CorsStray[] = [];
  for (let open = text.indexOf('<'); open !== -1; open = text.indexOf('<', open + 1)) {
    const close = text.indexOf('>', open);
    if (close === -1) {
      strays.push({ start: open, end: open + 1, message: 'This tag is not closed' });
      break;
    }
    const name = text.slice(open + 1, Math.min(close, open + 40)).trim();
    if (name === 'CORSRule')
      rules.push({
        start: open,
        end: close + 1,
        path: `CORSRule[${rules.length}]`,
        object: null,
        values: noValues(),
      });
    const field = Object.hasOwn(xmlFields, name) ? xmlFields[name] : undefined;
    const rule = rules.at(-1);
    if (field === undefined || !rule) continue;
    const end = text.indexOf('<', close);
    const raw = text.slice(close + 1, end === -1 ? text.length : end);
    const start = close + 1 + (raw.length - raw.trimStart().length);
    const value = raw.trim();
    rule.values[field].push({ text: value, start, end: start + value.length, path: `${rule.path}.${name}` });
  }
  if (rules.length === 0) strays.push({ start: 0, end: 0, message: 'There is no CORSRule in this document' });
  return { rules, strays };
};
