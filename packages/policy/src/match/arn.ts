const colon = 0x3a;
const dollar = 0x24;
const fieldCount = 6;

/** Up to six fields between colons. A colon inside a policy variable (`${aws:username}`) parts nothing. */
export const splitFields = (text: string): readonly string[] => {
  const fields: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length && fields.length < fieldCount - 1; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === colon) {
      fields.push(text.slice(start, at));
      start = at + 1;
    } else if (unit === dollar && text[at + 1] === '{') {
      const end = text.indexOf('}', at);
      if (end > 0) at = end;
    }
  }
  fields.push(text.slice(start));
  return fields;
};

/**
 * The six fields of an ARN: `arn`, partition, service, region, account, resource. The resource keeps its own colons. Null
 * for what has fewer fields.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export const splitArn = (text: string): readonly string[] | null => {
  const fields = splitFields(text);
  return fields.length === fieldCount ? fields : null;
};

/** The account in an ARN; empty for a bucket's, which names none, and for what is no ARN. */
export const accountOfArn = (arn: string): string => splitArn(arn)?.[4] ?? '';
