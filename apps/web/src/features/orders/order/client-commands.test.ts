import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clientCommands } from './client-commands.ts';

const place = {
  bucket: 'lab-uploads',
  prefix: "lab/o'rders $HOME/26-00042/",
  endpoint: 'https://s3.example.com:9000',
  region: 'eu-1',
};
/** What a shell makes of a command: one word a line. */
const wordsOf = (command: string): string[] =>
  execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');

it('names bucket, prefix, endpoint and region to each client', () => {
  expect(wordsOf(clientCommands(place, '26-00042').aws)).toEqual([
    'aws',
    's3',
    'sync',
    `s3://lab-uploads/${place.prefix}`,
    './26-00042/',
    '--endpoint-url',
    'https://s3.example.com:9000',
    '--region',
    'eu-1',
  ]);
  expect(wordsOf(clientCommands(place, '26-00042').rclone)[2]).toBe(
    `:s3,provider=Other,env_auth=true,region="eu-1",endpoint="https://s3.example.com:9000":lab-uploads/${place.prefix}`,
  );
  expect(clientCommands(place, '26-00042').facts).toContainEqual({ name: 'Port', value: '9000' });
});

it('leaves AWS’s own endpoint to its client', () => {
  const { aws } = clientCommands({ ...place, endpoint: 'https://s3.eu-central-1.amazonaws.com' }, '1');
  expect(aws).not.toContain('--endpoint-url');
});

it('runs nothing that is in a prefix', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 20 }).filter((text) => !/[\0\n]/.test(text)),
      (prefix) => {
        expect(wordsOf(clientCommands({ ...place, prefix }, '1').aws)[3]).toBe(`s3://lab-uploads/${prefix}`);
      },
    ),
    { numRuns: 25 },
  );
});
