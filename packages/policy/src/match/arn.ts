const colon = 0x3a;
const fieldCount = 6;

/**
 * The six fields of an ARN: `arn`, partition, service, region, account, resource. The resource keeps its own colons. Null
 * for what has fewer fields. A colon inside a policy variable (`${aws:username}`) parts nothing.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export const splitArn = (text: string): readonly string[] | null => {
  const fields: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length && fields.length < fieldCount - 1; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === colon) {
      fields.push(text.slice(start, at));
      start = at + 1;
    } else if (unit === 0x24 && text.charCodeAt(at + 1) === 0x7b) {
      const end = text.indexOf('}', at);
      if (end > 0) at = end;
    }
  }
  if (fields.length < fieldCount - 1) return null;
  fields.push(text.slice(start));
  return fields;
};

/** The account in an ARN; empty for a bucket's, which names none, and for what is no ARN. */
export const accountOfArn = (arn: string): string => splitArn(arn)?.[4] ?? '';
