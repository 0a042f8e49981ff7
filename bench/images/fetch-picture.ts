import { Agent, get } from 'node:http';

export interface PictureRequest {
  path: string;
  headers?: Record<string, string>;
}

/** Whole, by loopback; anything but a 200 is an error. */
export const fetchPicture = (
  agent: Agent,
  port: number,
  { path, headers = {} }: PictureRequest,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    get({ agent, host: '127.0.0.1', port, path, headers, timeout: 120_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`${path}: ${response.statusCode} ${body.subarray(0, 200).toString('utf8')}`));
      });
    }).on('error', reject);
  });

export const keepAlive = (connections: number): Agent =>
  new Agent({ keepAlive: true, maxSockets: connections });
