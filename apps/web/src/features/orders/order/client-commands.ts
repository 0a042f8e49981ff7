import type { Order } from '@windlass/contract';
import { shellWord } from '../../../lib/shell-word.ts';

export interface ClientCommands {
  aws: string;
  rclone: string;
  /** What Cyberduck, or any program with a window, asks for. */
  facts: readonly { name: string; value: string }[];
}

/** AWS's own endpoints are what its client uses by itself. */
const isAws = (endpoint: string): boolean =>
  URL.canParse(endpoint) && new URL(endpoint).hostname.endsWith('.amazonaws.com');

/** A value inside rclone's connection string: quoted, inner quotes doubled (rclone.org/docs, "Connection strings"). */
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/**
 * How files of an order are fetched with a client of one's own and keys of one's own.
 *
 * @param folder the name of the folder that they go into, such as the number of the order
 */
export const clientCommands = (place: Order['place'], folder: string): ClientCommands => {
  const { bucket, prefix, endpoint, region } = place;
  const aws = [
    'aws s3 sync',
    shellWord(`s3://${bucket}/${prefix}`),
    shellWord(`./${folder}/`),
    ...(isAws(endpoint) ? [] : ['--endpoint-url', shellWord(endpoint)]),
    '--region',
    shellWord(region),
  ].join(' ');
  const settings = `:s3,provider=${isAws(endpoint) ? 'AWS' : 'Other'},env_auth=true,region=${quoted(region)}${
    isAws(endpoint) ? '' : `,endpoint=${quoted(endpoint)}`
  }`;
  const rclone = `rclone copy ${shellWord(`${settings}:${bucket}/${prefix}`)} ${shellWord(`./${folder}/`)} --progress`;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  return {
    aws,
    rclone,
    facts: [
      { name: 'Server', value: url?.hostname ?? endpoint },
      {
        name: 'Port',
        value: url === null ? '443' : url.port === '' ? (url.protocol === 'http:' ? '80' : '443') : url.port,
      },
      { name: 'Path', value: `/${bucket}/${prefix}` },
      { name: 'Region', value: region },
    ],
  };
};
