import { appendItem, appendMember, removeEntries } from '../../reader/json-edit.ts';
import { memberOf } from '../../reader/json-node.ts';
import type { TextEdit } from '../../reader/text-edit.ts';
import { generateCors } from '../../cors/generate-cors.ts';
import { matchesGlob } from '../../match/glob.ts';
import { providerProfiles } from '../../providers/profiles.ts';
import type { CorsField, CorsRuleView, CorsValue, CorsView } from '../cors-view.ts';
import type { CorsLintOptions } from '../lint-options.ts';
import type { LintScope, Report } from '../lint-scope.ts';
import { globCovers } from '../../match/pattern-sets.ts';

interface CorsScope {
  readonly text: string;
  readonly options: CorsLintOptions;
  readonly view: CorsView;
  readonly report: Report;
  readonly fix: LintScope['fix'];
}

/** Source of all checks: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html */
export const checkCors = (scope: CorsScope): void => {
  for (const rule of scope.view.rules) {
    checkMissing(scope, rule);
    for (const origin of rule.values.AllowedOrigins) checkOrigin(scope, rule, origin);
    checkMethods(scope, rule);
    for (const header of [...rule.values.AllowedHeaders, ...rule.values.ExposeHeaders])
      checkHeader(scope, rule, header);
    checkWriters(scope, rule);
    checkUpload(scope, rule);
    if (rule.values.MaxAgeSeconds.length === 0)
      scope.report(
        'COR010',
        rule,
        `${rule.path}.MaxAgeSeconds`,
        'Without MaxAgeSeconds browsers ask again after seconds, before each upload',
        addField(scope, rule, 'MaxAgeSeconds', 3600),
      );
  }
  checkShadows(scope);
  checkWhole(scope);
};

const addField = ({ text, fix }: CorsScope, { object }: CorsRuleView, field: CorsField, value: unknown) =>
  object ? fix(`Add ${field}`, appendMember(text, object, field, value)) : [];

const rewrite = ({ fix }: CorsScope, { object }: CorsRuleView, { start, end }: CorsValue, value: string) =>
  object ? fix(`Write ${value}`, [{ start, end, text: JSON.stringify(value) }]) : [];

const removeValue = ({ fix }: CorsScope, { object }: CorsRuleView, field: CorsField, value: CorsValue) => {
  const list = memberOf(object, field)?.value;
  return list?.type === 'array' && list.items.length > 1
    ? fix(
        'Remove it',
        removeEntries(list.items, (index) => list.items[index]?.start === value.start),
      )
    : [];
};

const addValues = (
  { text }: CorsScope,
  { object }: CorsRuleView,
  field: CorsField,
  values: readonly string[],
): TextEdit[] => {
  const member = memberOf(object, field);
  if (!object) return [];
  if (!member) return appendMember(text, object, field, values);
  return appendItem(text, member.value, values.map((value) => JSON.stringify(value)).join(', '));
};

const checkMissing = ({ report }: CorsScope, rule: CorsRuleView): void => {
  for (const field of ['AllowedOrigins', 'AllowedMethods'] as const)
    if (rule.values[field].length === 0)
      report('S3P001', rule, `${rule.path}.${field}`, `A CORS rule has ${field}`);
};

const localHosts = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::|$)/;

const checkOrigin = (scope: CorsScope, rule: CorsRuleView, origin: CorsValue): void => {
  const { report } = scope;
  const { text } = origin;
  if (countStars(text) > 1) {
    report('COR005', origin, origin.path, 'An origin may have one *, no more');
    return;
  }
  if (text === '*' || text === 'null') return;
  const scheme = text.indexOf('://');
  const host = scheme === -1 ? text : text.slice(scheme + 3);
  const slash = host.indexOf('/');
  if (scheme === -1 && !text.startsWith('*')) {
    report(
      'COR001',
      origin,
      origin.path,
      'An origin has its scheme: https://app.example.com',
      rewrite(scope, rule, origin, `https://${text.split('/')[0] ?? text}`),
    );
    return;
  }
  if (slash !== -1 || /[?#\s]/.test(host)) {
    const bare = text.slice(0, text.length - host.length + (slash === -1 ? host.search(/[?#\s]/) : slash));
    report(
      'COR001',
      origin,
      origin.path,
      'Browsers send scheme, host and port, no slash after it: this origin never matches',
      rewrite(scope, rule, origin, bare),
    );
    return;
  }
  if (text !== text.toLowerCase()) {
    report(
      'COR001',
      origin,
      origin.path,
      'Browsers send origins in small letters, and S3 compares letter by letter',
      rewrite(scope, rule, origin, text.toLowerCase()),
    );
    return;
  }
  const port = /^(https:\/\/.*):443$|^(http:\/\/.*):80$/.exec(text);
  if (port) {
    report(
      'COR001',
      origin,
      origin.path,
      'Browsers leave the usual port away: this origin never matches',
      rewrite(scope, rule, origin, port[1] ?? port[2] ?? text),
    );
    return;
  }
  if (text.startsWith('http://') && !localHosts.test(text))
    report(
      'COR008',
      origin,
      origin.path,
      'Over http anybody on the way can change the page and use its rights',
      rewrite(scope, rule, origin, `https://${text.slice('http://'.length)}`),
    );
};

const countStars = (text: string): number => text.split('*').length - 1;

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];

const checkMethods = (scope: CorsScope, rule: CorsRuleView): void => {
  for (const method of rule.values.AllowedMethods) {
    if (methods.includes(method.text)) continue;
    const upper = method.text.toUpperCase();
    const isPreflight = upper === 'OPTIONS';
    scope.report(
      'COR004',
      method,
      method.path,
      isPreflight
        ? 'OPTIONS is the question itself and is not listed'
        : `S3 knows ${methods.join(', ')} here, in capitals`,
      methods.includes(upper)
        ? rewrite(scope, rule, method, upper)
        : removeValue(scope, rule, 'AllowedMethods', method),
    );
  }
};

const checkHeader = ({ report }: CorsScope, rule: CorsRuleView, header: CorsValue): void => {
  if (countStars(header.text) > 1) report('COR005', header, header.path, 'A header may have one *, no more');
  else if (header.text.includes('*') && rule.values.ExposeHeaders.includes(header))
    report('COR005', header, header.path, 'ExposeHeaders names headers one by one: S3 takes no * here');
};

const checkWriters = (scope: CorsScope, rule: CorsRuleView): void => {
  const everybody = rule.values.AllowedOrigins.find(({ text }) => text === '*');
  const writes = rule.values.AllowedMethods.filter(({ text }) =>
    ['PUT', 'POST', 'DELETE'].includes(text.toUpperCase()),
  );
  if (!everybody || writes.length === 0) return;
  const { pageOrigin } = scope.options;
  scope.report(
    'COR002',
    everybody,
    everybody.path,
    `Every page in the world may ${writes.map(({ text }) => text.toUpperCase()).join(', ')} with any signed URL that it gets hold of`,
    pageOrigin === undefined ? [] : rewrite(scope, rule, everybody, pageOrigin),
  );
};

const uploaders = new Set<string>(['ingest', 'ingestResumable', 'gallery', 'galleryMember', 'galleryAdmin']);

/** What uploads from a page send and read, by the rule that Windlass writes for them. */
const checkUpload = (scope: CorsScope, rule: CorsRuleView): void => {
  const { options, report, fix } = scope;
  if (!rule.values.AllowedMethods.some(({ text }) => text === 'PUT')) return;
  if (options.capabilities?.some((capability) => uploaders.has(capability)) === false) return;
  const at = rule.values.AllowedMethods.find(({ text }) => text === 'PUT') ?? rule;
  if (!rule.values.ExposeHeaders.some(({ text }) => text.toLowerCase() === 'etag'))
    report(
      'COR003',
      at,
      `${rule.path}.ExposeHeaders`,
      'Without ETag in ExposeHeaders a page cannot complete an upload in parts',
      fix('Expose ETag', addValues(scope, rule, 'ExposeHeaders', ['ETag'])),
    );
  const profile = providerProfiles[options.provider ?? 'aws'];
  const needed = generateCors(['ingest'], ['*'], profile)?.[0]?.AllowedHeaders ?? [];
  const missing = needed.filter(
    (name) => !rule.values.AllowedHeaders.some(({ text }) => globCovers(text.toLowerCase(), name)),
  );
  if (missing.length > 0)
    report(
      'COR006',
      at,
      `${rule.path}.AllowedHeaders`,
      `Uploads send headers that this rule does not allow: ${missing.join(', ')}`,
      fix('Allow the headers', addValues(scope, rule, 'AllowedHeaders', missing)),
    );
};

const covered = (wide: readonly CorsValue[], narrow: readonly CorsValue[], fold: boolean): boolean =>
  narrow.every(({ text }) =>
    wide.some((other) =>
      fold ? globCovers(other.text.toLowerCase(), text.toLowerCase()) : globCovers(other.text, text),
    ),
  );

/** S3 uses the first rule that fits. */
const checkShadows = ({ view, report, fix }: CorsScope): void => {
  for (const [index, rule] of view.rules.slice(0, mostCompared).entries()) {
    const { AllowedOrigins, AllowedMethods, AllowedHeaders } = rule.values;
    if (AllowedOrigins.length === 0 || AllowedMethods.length === 0) continue;
    const earlier = view.rules
      .slice(0, index)
      .findIndex(
        ({ values }) =>
          covered(values.AllowedOrigins, AllowedOrigins, false) &&
          covered(values.AllowedMethods, AllowedMethods, false) &&
          covered(values.AllowedHeaders, AllowedHeaders, true),
      );
    if (earlier === -1) continue;
    const list = view.rules.flatMap(({ object }) => object ?? []);
    report(
      'COR007',
      rule,
      rule.path,
      `Rule ${earlier + 1} fits whatever this one fits, and S3 uses the first`,
      list.length === view.rules.length
        ? fix(
            'Remove the rule',
            removeEntries(list, (at) => at === index),
          )
        : [],
    );
  }
};

/** S3 takes no more; comparing more would cost time for a document that is refused. */
const mostCompared = 100;

const checkWhole = (scope: CorsScope): void => {
  const { view, options, report, fix } = scope;
  const [first] = view.rules;
  const hundredFirst = view.rules[mostCompared];
  if (hundredFirst)
    report(
      'COR009',
      hundredFirst,
      hundredFirst.path,
      `S3 takes ${mostCompared} rules; here are ${view.rules.length}`,
    );
  if (!first) return;
  if (options.provider !== undefined) checkSupport(scope, first);
  const { pageOrigin } = options;
  if (pageOrigin === undefined) return;
  if (
    view.rules.some(({ values }) =>
      values.AllowedOrigins.some(({ text }) => matchesGlob(text.replaceAll('?', ''), pageOrigin)),
    )
  )
    return;
  report(
    'COR012',
    first.values.AllowedOrigins[0] ?? first,
    `${first.path}.AllowedOrigins`,
    `${pageOrigin} is in no rule, so that its uploads and reads fail`,
    fix(`Add ${pageOrigin}`, addValues(scope, first, 'AllowedOrigins', [pageOrigin])),
  );
};

const checkSupport = ({ view, options, report }: CorsScope, first: CorsRuleView): void => {
  const profile = providerProfiles[options.provider ?? 'aws'];
  if (profile.cors === 'none') {
    report(
      'COR011',
      first,
      first.path,
      `${profile.name} has no CORS rules for buckets. ${profile.notes.find((note) => note.includes('CORS')) ?? ''}`.trim(),
    );
    return;
  }
  if (profile.cors !== 'headersOneByOne') return;
  for (const { values } of view.rules)
    for (const header of values.AllowedHeaders)
      if (header.text.includes('*'))
        report('COR011', header, header.path, `${profile.name} wants each header by its name, without *`);
};
