import { S3Error } from '../s3-error.ts';

const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** AWS: General purpose bucket naming rules. Throws InvalidBucketName. */
export function checkBucketName(name: string): void {
  const valid =
    name.length >= 3 &&
    name.length <= 63 &&
    name.split('.').every((each) => label.test(each)) &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (!valid) throw new S3Error('InvalidBucketName', undefined, { BucketName: name });
}
