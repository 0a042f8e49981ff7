import { createBucketServer } from '@windlass/bucket';

/**
 * The child of the identities' crash test: `node identity-writer.ts <folder> <round>`. Makes users with a policy and a key,
 * four at a time and without end, and prints `done <user> <key id>` when all three were acknowledged.
 */
const [folder = '', round = '0'] = process.argv.slice(2);
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' }],
});

const { iam } = await createBucketServer({
  dataDirectory: folder,
  host: '127.0.0.1',
  port: 0,
  region: 'us-east-1',
});

const make = async (lane: number): Promise<never> => {
  for (let count = 0; ; count++) {
    const name = `user-${round}-${lane}-${count}`;
    await iam.createUser({ name });
    await iam.putPolicy({ user: name }, 'read', document);
    const { accessKeyId } = await iam.createAccessKey(name);
    process.stdout.write(`done ${name} ${accessKeyId}\n`);
  }
};

await Promise.all([0, 1, 2, 3].map(make));
