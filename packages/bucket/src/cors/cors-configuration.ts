import { S3Error } from '../s3-error.ts';
import { all, readXml, textOf } from '../xml/read-xml.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { writeXml } from '../xml/write-xml.ts';

export const corsMethods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'] as const;
export type CorsMethod = (typeof corsMethods)[number];

export interface CorsRule {
  id?: string | undefined;
  allowedOrigins: readonly string[];
  allowedMethods: readonly CorsMethod[];
  allowedHeaders: readonly string[];
  exposeHeaders: readonly string[];
  maxAgeSeconds?: number | undefined;
}

/** AWS: PutBucketCors, up to 100 rules and 64 KB. */
export const maximumCorsRules = 100;
const ruleElements: ReadonlySet<string> = new Set([
  'ID',
  'AllowedOrigin',
  'AllowedMethod',
  'AllowedHeader',
  'ExposeHeader',
  'MaxAgeSeconds',
]);
const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Reads and checks a CORSConfiguration. Throws MalformedXML, InvalidRequest. */
export function parseCors(document: string): CorsRule[] {
  const root = readXml(document, 'CORSConfiguration');
  const rules = root.children.map((element) => {
    if (element.name !== 'CORSRule') throw new S3Error('MalformedXML');
    return readRule(element);
  });
  checkCorsRules(rules);
  return rules;
}

/** The rules as S3 writes them. */
export function writeCors(rules: readonly CorsRule[]): string {
  return writeXml('CORSConfiguration', {
    CORSRule: rules.map((rule) => ({
      ID: rule.id,
      AllowedHeader: rule.allowedHeaders,
      AllowedMethod: rule.allowedMethods,
      AllowedOrigin: rule.allowedOrigins,
      ExposeHeader: rule.exposeHeaders,
      MaxAgeSeconds: rule.maxAgeSeconds,
    })),
  });
}

function readRule(element: XmlElement): CorsRule {
  const texts = (name: string): string[] => all(element, name).map(({ text }) => text.trim());
  if (element.children.some(({ name }) => !ruleElements.has(name))) throw new S3Error('MalformedXML');
  const maxAge = textOf(element, 'MaxAgeSeconds')?.trim();
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge)) throw new S3Error('MalformedXML');
  return {
    id: textOf(element, 'ID'),
    allowedOrigins: texts('AllowedOrigin'),
    allowedMethods: texts('AllowedMethod').map(readMethod),
    allowedHeaders: texts('AllowedHeader'),
    exposeHeaders: texts('ExposeHeader'),
    maxAgeSeconds: maxAge === undefined ? undefined : Number(maxAge),
  };
}

function readMethod(text: string): CorsMethod {
  const method = corsMethods.find((each) => each === text);
  if (method === undefined) {
    throw new S3Error(
      'InvalidRequest',
      `Found unsupported HTTP method in CORS config. Unsupported method is ${text.slice(0, 40)}`,
    );
  }
  return method;
}

/** Throws what S3 answers to rules that break its limits. */
export function checkCorsRules(rules: readonly CorsRule[]): void {
  if (rules.length === 0) throw new S3Error('MalformedXML');
  if (rules.length > maximumCorsRules) {
    throw new S3Error(
      'InvalidRequest',
      `The number of CORS rules should not exceed allowed limit of ${maximumCorsRules} rules.`,
    );
  }
  for (const rule of rules) {
    if (rule.allowedOrigins.length === 0 || rule.allowedMethods.length === 0)
      throw new S3Error('MalformedXML');
    if ((rule.id?.length ?? 0) > 255)
      throw new S3Error('InvalidRequest', 'A rule ID has at most 255 characters.');
    for (const origin of rule.allowedOrigins) {
      if (stars(origin) > 1) {
        throw new S3Error(
          'InvalidRequest',
          `AllowedOrigin "${origin.slice(0, 200)}" can not have more than one wildcard.`,
        );
      }
    }
    for (const name of rule.allowedHeaders) {
      if (stars(name) > 1 || !headerName.test(name)) {
        throw new S3Error(
          'InvalidRequest',
          `AllowedHeader "${name.slice(0, 200)}" is not a header name with at most one wildcard.`,
        );
      }
    }
    for (const name of rule.exposeHeaders) {
      if (stars(name) > 0 || !headerName.test(name)) {
        throw new S3Error(
          'InvalidRequest',
          `ExposeHeader "${name.slice(0, 200)}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
        );
      }
    }
  }
}

const stars = (text: string): number => text.split('*').length - 1;
