import { expect, it } from 'vitest';
import { siteCors } from './site-cors.ts';

const bucket = { bucket: 'lab', region: 'us-east-1', endpoint: 'http://localhost:7402' };
const embedded = { ...bucket, provider: 'embedded' } as const;

it('lets the pages of the site upload and see the ETag, and has the command that puts it there', () => {
  const cors = siteCors(embedded, ' https://shop.example/ ');
  if (cors.kind !== 'rules') throw new Error(cors.kind);
  expect(JSON.parse(cors.rules)).toEqual([
    expect.objectContaining({
      AllowedOrigins: ['https://shop.example'],
      AllowedMethods: ['PUT'],
      ExposeHeaders: expect.arrayContaining(['ETag']),
    }),
  ]);
  const [before, given] = cors.command.split("'");
  expect(before).toBe(
    'aws s3api put-bucket-cors --endpoint-url http://localhost:7402 --region us-east-1 --bucket lab --cors-configuration ',
  );
  expect(JSON.parse(given ?? '')).toEqual({ CORSRules: JSON.parse(cors.rules) });
});

it.each(['shop.example', 'https://shop.example/upload', ''])('says why “%s” is no origin', (site) =>
  expect(siteCors(embedded, site)).toMatchObject({
    kind: 'noOrigin',
    why: expect.stringMatching(/https:\/\//),
  }),
);

it('has no rules where the provider keeps none', () => {
  expect(siteCors({ ...bucket, provider: 'minio' }, 'https://shop.example')).toEqual({ kind: 'ruleless' });
});
