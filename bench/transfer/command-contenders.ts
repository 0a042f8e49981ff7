import { join } from 'node:path';
import { cliArguments } from '../../scripts/cli-command.js';
import { provideProgram } from '../images/debian.ts';
import type { Fixture } from './fixtures.ts';
import { runMeasured, type Cost } from './run-measured.ts';
import { region, type Target } from './target.ts';

/** Somebody who uploads a fixture to a prefix of a target. */
export interface Contender {
  name: string;
  /** Whether it has something to say about a fixture; without it, about each. */
  takes?(fixture: Fixture): boolean;
  upload(fixture: Fixture, target: Target, prefix: string): Promise<Cost>;
}

const root = join(import.meta.dirname, '../..');

/** @param connectionOf the name of the connection that stands for a target */
export const windlassCommand = (access: {
  url: string;
  apiKey: string;
  connectionOf(target: Target): string;
}): Contender => ({
  name: 'windlass upload',
  upload: (fixture, target, prefix) =>
    runMeasured(
      process.execPath,
      cliArguments(root, [
        'upload',
        `${fixture.folder}/`,
        '--to',
        `${access.connectionOf(target)}/${prefix}`,
        '--url',
        access.url,
        '--quiet',
      ]),
      { WINDLASS_API_KEY: access.apiKey },
    ),
});

/** Debian's own AWS CLI; null where it is not to be had. */
export const awsCommand = (): Contender | null => {
  // Not whatever stands first on the path: Debian's.
  const program = provideProgram('/usr/bin/aws', ['awscli']);
  if (program === null) return null;
  return {
    name: 'aws s3 cp',
    upload: (fixture, { server, bucket }, prefix) =>
      runMeasured(
        program,
        [
          's3',
          'cp',
          fixture.folder,
          `s3://${bucket}/${prefix}`,
          '--recursive',
          '--quiet',
          '--endpoint-url',
          server.endpoint,
        ],
        {
          AWS_ACCESS_KEY_ID: server.keys.accessKeyId,
          AWS_SECRET_ACCESS_KEY: server.keys.secretAccessKey,
          AWS_DEFAULT_REGION: region,
          AWS_EC2_METADATA_DISABLED: 'true',
        },
      ),
  };
};

/** Debian's rclone with its own defaults; null where it is not to be had. */
export const rcloneCommand = (): Contender | null => {
  const program = provideProgram('/usr/bin/rclone', ['rclone']);
  if (program === null) return null;
  return {
    name: 'rclone copy',
    upload: (fixture, { server, bucket }, prefix) =>
      runMeasured(program, ['copy', fixture.folder, `bench:${bucket}/${prefix}`, '--quiet'], {
        RCLONE_CONFIG: '/dev/null',
        RCLONE_CONFIG_BENCH_TYPE: 's3',
        RCLONE_CONFIG_BENCH_PROVIDER: 'Other',
        RCLONE_CONFIG_BENCH_ENDPOINT: server.endpoint,
        RCLONE_CONFIG_BENCH_REGION: region,
        RCLONE_CONFIG_BENCH_ACCESS_KEY_ID: server.keys.accessKeyId,
        RCLONE_CONFIG_BENCH_SECRET_ACCESS_KEY: server.keys.secretAccessKey,
        RCLONE_CONFIG_BENCH_FORCE_PATH_STYLE: 'true',
        RCLONE_CONFIG_BENCH_NO_CHECK_BUCKET: 'true',
      }),
  };
};
