import { S3Error } from '../s3-error.ts';
import { all, readXml, textOf, type XmlElement } from '../xml/read-xml.ts';
import type { LifecycleRule } from './lifecycle-rule.ts';

/** AWS, PutBucketLifecycleConfiguration: limits of a configuration and of a rule's id. */
const maxRules = 1000;
const maxIdLength = 255;

/** What S3 knows and this store does not carry out. It is refused: a rule that is kept and ignored would be a lie. */
const notCarriedOut: ReadonlySet<string> = new Set([
  'Transition',
  'NoncurrentVersionTransition',
  'NoncurrentVersionExpiration',
  'ExpiredObjectDeleteMarker',
  'Tag',
]);

/** Throws for each child that is not in `known`. */
const checkChildren = (element: XmlElement, known: readonly string[]): void => {
  for (const { name } of element.children) {
    if (notCarriedOut.has(name))
      throw new S3Error('NotImplemented', `Lifecycle rules with ${name} are not carried out.`);
    if (!known.includes(name)) throw new S3Error('MalformedXML');
  }
};

const onlyChild = (element: XmlElement, name: string): XmlElement | undefined => {
  const found = all(element, name);
  if (found.length > 1) throw new S3Error('MalformedXML');
  return found[0];
};

const wholeNumber = (element: XmlElement, name: string): number | undefined => {
  const text = textOf(element, name)?.trim();
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) throw new S3Error('MalformedXML');
  return Number(text);
};

const positiveDays = (element: XmlElement, name: string): number | undefined => {
  const days = wholeNumber(element, name);
  // AWS counts days in 32 bits.
  if (days !== undefined && (days < 1 || days > 2_147_483_647)) {
    throw new S3Error('InvalidArgument', `'${name}' must be a positive integer`);
  }
  return days;
};

const midnightUtc = (text: string): Date => {
  const date = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) || Number.isNaN(date.getTime())) {
    throw new S3Error('MalformedXML');
  }
  if (date.getTime() % 86_400_000 !== 0)
    throw new S3Error('InvalidArgument', "'Date' must be at midnight GMT");
  return date;
};

type Filter = Pick<LifecycleRule, 'prefix' | 'sizeGreaterThan' | 'sizeLessThan'>;
const conditionNames = ['Prefix', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'] as const;

const readConditions = (element: XmlElement): Filter => {
  const sizeGreaterThan = wholeNumber(element, 'ObjectSizeGreaterThan');
  const sizeLessThan = wholeNumber(element, 'ObjectSizeLessThan');
  if ((sizeGreaterThan ?? 0) < 0 || (sizeLessThan ?? 1) < 1) {
    throw new S3Error('InvalidRequest', 'A filter on the size needs a size that is not negative.');
  }
  if (sizeGreaterThan !== undefined && sizeLessThan !== undefined && sizeGreaterThan >= sizeLessThan) {
    throw new S3Error('InvalidRequest', "'ObjectSizeLessThan' must be greater than 'ObjectSizeGreaterThan'.");
  }
  return { prefix: textOf(element, 'Prefix') ?? '', sizeGreaterThan, sizeLessThan };
};

/** A filter has one condition, or several in an And; the old form has a Prefix in the rule itself. */
const readFilter = (rule: XmlElement): Filter => {
  const filter = onlyChild(rule, 'Filter');
  const oldPrefix = textOf(rule, 'Prefix');
  if (filter === undefined) {
    if (oldPrefix === undefined) throw new S3Error('MalformedXML');
    return { prefix: oldPrefix, sizeGreaterThan: undefined, sizeLessThan: undefined };
  }
  if (oldPrefix !== undefined) throw new S3Error('MalformedXML');
  checkChildren(filter, [...conditionNames, 'And']);
  const and = onlyChild(filter, 'And');
  if (and === undefined) {
    if (filter.children.length > 1) throw new S3Error('MalformedXML');
    return readConditions(filter);
  }
  if (filter.children.length > 1) throw new S3Error('MalformedXML');
  checkChildren(and, conditionNames);
  if (and.children.length < 2) throw new S3Error('MalformedXML');
  return readConditions(and);
};

type Actions = Pick<LifecycleRule, 'expirationDays' | 'expirationDate' | 'abortIncompleteDays'>;

const readActions = (rule: XmlElement): Actions => {
  const expiration = onlyChild(rule, 'Expiration');
  const abort = onlyChild(rule, 'AbortIncompleteMultipartUpload');
  if (expiration === undefined && abort === undefined) {
    throw new S3Error('InvalidRequest', 'At least one action needs to be specified in a rule');
  }
  const actions: Actions = {
    expirationDays: undefined,
    expirationDate: undefined,
    abortIncompleteDays: undefined,
  };
  if (expiration !== undefined) {
    checkChildren(expiration, ['Days', 'Date']);
    if (expiration.children.length !== 1) throw new S3Error('MalformedXML');
    const date = textOf(expiration, 'Date')?.trim();
    actions.expirationDays = positiveDays(expiration, 'Days');
    actions.expirationDate = date === undefined ? undefined : midnightUtc(date);
  }
  if (abort !== undefined) {
    checkChildren(abort, ['DaysAfterInitiation']);
    actions.abortIncompleteDays = positiveDays(abort, 'DaysAfterInitiation');
    if (actions.abortIncompleteDays === undefined) throw new S3Error('MalformedXML');
  }
  return actions;
};

const readRule = (rule: XmlElement, position: number): LifecycleRule => {
  if (rule.name !== 'Rule') throw new S3Error('MalformedXML');
  checkChildren(rule, ['ID', 'Status', 'Prefix', 'Filter', 'Expiration', 'AbortIncompleteMultipartUpload']);
  const status = textOf(rule, 'Status')?.trim();
  if (status !== 'Enabled' && status !== 'Disabled') throw new S3Error('MalformedXML');
  // S3 invents an id where none is given; from the position it is the same each time the text is read.
  const id = textOf(rule, 'ID') ?? `rule-${position}`;
  if (id.length > maxIdLength)
    throw new S3Error('InvalidArgument', 'ID length should not exceed allowed limit of 255');
  const filter = readFilter(rule);
  const actions = readActions(rule);
  const hasSize = filter.sizeGreaterThan !== undefined || filter.sizeLessThan !== undefined;
  if (hasSize && actions.abortIncompleteDays !== undefined) {
    throw new S3Error(
      'InvalidRequest',
      'AbortIncompleteMultipartUpload cannot be specified with an object size.',
    );
  }
  return { id, enabled: status === 'Enabled', ...filter, ...actions };
};

/**
 * Reads a LifecycleConfiguration. Throws MalformedXML, InvalidArgument, InvalidRequest, and NotImplemented for the rules
 * of S3 that this store does not carry out (tags, transitions, versions).
 */
export const parseLifecycle = (text: string): LifecycleRule[] => {
  const root = readXml(text, 'LifecycleConfiguration');
  if (root.children.length === 0 || root.children.length > maxRules) throw new S3Error('MalformedXML');
  const rules = root.children.map((rule, index) => readRule(rule, index + 1));
  if (new Set(rules.map((rule) => rule.id)).size !== rules.length) {
    throw new S3Error('InvalidArgument', 'Rule ID must be unique.');
  }
  return rules;
};
