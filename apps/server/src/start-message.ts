import { join } from 'node:path';
import type { Program } from './compose.ts';
import type { Config } from './config/config.ts';

/** What a person reads after the start: where everything is and what to do next. */
export const startMessage = (
  config: Config,
  program: Pick<Program, 'addresses' | 'bucketUrl' | 'ownerLink' | 'demoPicture'>,
): string => {
  const { publicUrl, imagesUrl, port } = program.addresses;
  const isWeb = config.roles.includes('web');
  const addresses = isWeb
    ? [
        ['Web app and API', publicUrl],
        ['Images', imagesUrl],
      ]
    : [['Health and metrics', `http://${config.host}:${port}`]];
  if (program.bucketUrl !== null) {
    addresses.push(['Embedded bucket', program.bucketUrl]);
    addresses.push(['  its keys', `user windlass in ${join(config.dataDirectory, 'bucket', 'users.json')}`]);
  }
  const usesFolder = config.databaseUrl === null || config.bucket === 'embedded' || config.keyring === null;
  const rows = [...addresses, ...(usesFolder ? [['Data', config.dataDirectory]] : [])];
  const table = rows.map(([name = '', value = '']) => `  ${name.padEnd(19)} ${value}`).join('\n');

  const next =
    program.ownerLink !== null
      ? `\nNext: make the owner account with this link. It works once.\n  ${program.ownerLink}\n`
      : isWeb
        ? `\nNext: sign in at ${publicUrl}\n`
        : '';
  const picture =
    program.demoPicture === null
      ? ''
      : `\nA picture, made as you ask for it:\n  curl -o picture.webp '${program.demoPicture}'\n`;
  const title = isWeb ? 'Windlass runs.' : 'A Windlass worker runs.';
  return `\n${title}\n\n${table}\n${next}${picture}\nCtrl-C stops it.\n`;
};
