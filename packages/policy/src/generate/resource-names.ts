/** Partition of a region, as ARNs carry it. */
export const partitionOf = (region: string | undefined): string => {
  if (region?.startsWith('cn-') === true) return 'aws-cn';
  return region?.startsWith('us-gov-') === true ? 'aws-us-gov' : 'aws';
};

/**
 * Text as a pattern that means exactly this text: keys may hold what policies read as wildcards and variables.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html (special characters)
 *
 * @example literal('50% off?') // '50% off${?}'
 */
export const literal = (text: string): string =>
  text.replaceAll(/\$\{|[*?]/g, (match) => (match === '${' ? '${$}{' : `\${${match}}`));

/** True where a prefix needs the escapes of `literal`. */
export const needsEscapes = (text: string): boolean => literal(text) !== text;

/** How the resources of a bucket are named: by the bucket itself, or through an access point. */
export interface ResourceNames {
  /** For actions on the bucket. */
  readonly bucket: string;
  /** For actions on objects; the pattern is one of keys. */
  readonly object: (pattern: string) => string;
}

export const bucketNames = (bucket: string, partition = 'aws'): ResourceNames => ({
  bucket: `arn:${partition}:s3:::${bucket}`,
  object: (pattern) => `arn:${partition}:s3:::${bucket}/${pattern}`,
});

export const accessPointNames = (arn: string): ResourceNames => ({
  bucket: arn,
  object: (pattern) => `${arn}/object/${pattern}`,
});
