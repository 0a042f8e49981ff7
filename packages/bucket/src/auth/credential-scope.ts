/** `AKID/20260101/us-east-1/s3/aws4_request`, taken apart. */
export interface CredentialScope {
  accessKeyId: string;
  /** `YYYYMMDD` */
  date: string;
  region: string;
  service: string;
  terminator: string;
}

/** Undefined when the text is not five parts. */
export function parseCredential(text: string): CredentialScope | undefined {
  const match = /^([A-Za-z0-9_.-]{1,128})\/([^/]*)\/([^/]*)\/([^/]*)\/([^/]*)$/.exec(text);
  if (match === null) return undefined;
  const [, accessKeyId = '', date = '', region = '', service = '', terminator = ''] = match;
  return { accessKeyId, date, region, service, terminator };
}

export function scopeText(scope: CredentialScope): string {
  return `${scope.date}/${scope.region}/${scope.service}/${scope.terminator}`;
}

/** ISO 8601 basic form, `20260101T120000Z`; undefined when it is none or no real time. */
export function parseAmzDate(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

export function formatAmzDate(time: Date): string {
  return time.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}
