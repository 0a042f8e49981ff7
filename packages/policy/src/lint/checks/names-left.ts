import type { StatementView, TextValue } from '../../reader/policy-view.ts';
import type { LintScope } from '../lint-scope.ts';
import { hasWildcard, matchesGlob } from '../../match/glob.ts';
import { placeholderIn } from '../placeholder.ts';
import { bucketNameFault } from '../../match/bucket-name.ts';
import { readResourceArn } from '../../match/resource-arn.ts';

/** Placeholders, wherever a name of one's own belongs. */
export const checkPlaceholders = (scope: LintScope, statement: StatementView): void => {
  const texts = [
    ...[statement.principal, statement.notPrincipal, statement.resource, statement.notResource].flatMap(
      (element) => element?.values ?? [],
    ),
    ...statement.conditions.flatMap(({ values }) => values),
  ];
  for (const value of texts) {
    const placeholder = placeholderIn(value.text);
    // A resource that is nothing else is reported where its form is judged.
    if (
      placeholder === null ||
      (placeholder === value.text && statement.resource?.values.includes(value) === true)
    )
      continue;
    scope.report(
      'S3R008',
      value.node,
      value.path,
      `${placeholder} is still a placeholder: put your own name there`,
      fillIn(scope, value, placeholder),
    );
  }
};

const fillIn = ({ options, write }: LintScope, { text, node }: TextValue, placeholder: string) => {
  const isBucket = readResourceArn(text)?.bucket === placeholder;
  const isAccount = /account/i.test(placeholder);
  const name = isBucket ? options.bucket : isAccount ? options.accountId : undefined;
  return write(node, name ? text.replace(placeholder, () => name) : null, `Write ${name}`);
};

/** Resources of a policy that is attached to a bucket or access point: S3 refuses any other. */
export const checkForeignResources = (scope: LintScope): void => {
  const { options, policy, report, write } = scope;
  if (options.kind !== 'bucket' && options.kind !== 'accessPoint') return;
  const all = policy.statements.flatMap((statement) =>
    [statement.resource, statement.notResource].flatMap((element) =>
      (element?.values ?? []).flatMap((value) => {
        const arn = readResourceArn(value.text);
        return arn ? [{ value, arn }] : [];
      }),
    ),
  );
  const plain = all.filter(
    ({ arn }) => arn.service === 's3' && (arn.shape === 'bucket' || arn.shape === 'object'),
  );
  // Without a name, the bucket that most statements name is the one; the others cannot be right at the same time.
  const own =
    options.bucket ??
    mostNamed(
      plain
        .map(({ arn }) => arn.bucket)
        .filter((name) => bucketNameFault(name) === null && !hasWildcard(name) && !isAnother(name)),
    );
  for (const { value, arn } of all) {
    if (placeholderIn(value.text) !== null || value.text.includes('${')) continue;
    const isAccessPoint = arn.shape === 'accesspoint' || arn.shape === 'accesspointobject';
    if (options.kind === 'accessPoint') {
      if (isAccessPoint) continue;
      report(
        'S3R015',
        value.node,
        value.path,
        'The policy of an access point names the access point: arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME',
      );
    } else if (
      arn.service !== 's3' ||
      isAccessPoint ||
      (own === null ? isAnother(arn.bucket) : !matchesGlob(arn.bucket, own))
    ) {
      const mended =
        arn.service === 's3' && !isAccessPoint && own !== null
          ? `arn:${arn.partition}:s3:::${own}${arn.key === null ? '' : `/${arn.key}`}`
          : null;
      report(
        'S3R015',
        value.node,
        value.path,
        `S3 refuses a bucket policy that names anything but its own bucket${own === null ? '' : `, ${own}`}`,
        write(value.node, mended),
      );
    }
  }
};

/** Names by which documentation calls a bucket that is not the one a policy is attached to. */
const others: ReadonlySet<string> = new Set([
  'other',
  'another',
  'other-bucket',
  'another-bucket',
  'some-other-bucket',
]);

const isAnother = (bucket: string): boolean => others.has(bucket);

const mostNamed = (names: readonly string[]): string | null => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  let most: string | null = null;
  for (const [name, count] of counts) if (most === null || count > (counts.get(most) ?? 0)) most = name;
  return most;
};
