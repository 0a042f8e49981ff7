import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { createEndpointGuard } from '../net/index.ts';
import { createBucketProbe } from './bucket-probe.ts';
import { probeEndpoint } from './probe-endpoint.ts';

const guard = createEndpointGuard({ allow: ['127.0.0.0/8'] });
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: new Secret(secret),
  sessionToken: null,
};

const open: (Server | TcpServer)[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});
const listen = async (server: Server | TcpServer): Promise<string> => {
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an AddressInfo.
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const answering = (answer: (response: ServerResponse) => void): Promise<string> =>
  listen(createServer((request, response) => void request.resume().on('end', () => answer(response))));

const listAt = async (endpoint: string, signal = AbortSignal.timeout(8000)) => {
  using probe = createBucketProbe({
    guard,
    address: { endpoint, region: 'us-east-1', addressing: 'path', bucket: 'photos', prefix: '' },
    credentials,
    clockOffsetMilliseconds: 0,
    signal,
  });
  return await probe.list('');
};

const error = (code: string, message = '', more = '') =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message>${more}<RequestId>IN-BODY</RequestId></Error>`;

const kindAt = async (endpoint: string, signal = AbortSignal.timeout(5000)) =>
  (await probeEndpoint(guard, endpoint, signal)).failure?.kind ?? 'ok';

describe('what a provider answers', () => {
  it.each([
    [403, 'InvalidAccessKeyId', 'credentials', 'does not exist here'],
    [403, 'SignatureDoesNotMatch', 'credentials', 'secret does not belong'],
    [403, 'RequestTimeTooSkewed', 'clock', 'clocks'],
    [400, 'ExpiredToken', 'credentials', 'expired'],
    [400, 'InvalidToken', 'credentials', 'session token'],
    [401, 'Unauthorized', 'credentials', 'does not accept'],
    [400, 'ExpiredRequest', 'clock', 'clocks'],
    [400, 'AuthorizationHeaderMalformed', 'region', 'another region'],
    [301, 'PermanentRedirect', 'region', 'another region'],
    [400, 'IllegalLocationConstraintException', 'region', 'another region'],
    [404, 'NoSuchBucket', 'bucketMissing', 'no bucket'],
    [400, 'InvalidBucketName', 'bucketMissing', 'name of a bucket'],
    [403, 'AccessDenied', 'denied', 'may not do this'],
    [403, 'AccountProblem', 'account', 'blocked'],
    [403, 'NotSignedUp', 'account', 'blocked'],
    [403, 'AllAccessDisabled', 'account', 'blocked'],
    [403, 'InvalidObjectState', 'other', 'archived'],
    [503, 'SlowDown', 'busy', 'fewer requests'],
    [412, 'PreconditionFailed', 'condition', 'changed meanwhile'],
    [409, 'ConditionalRequestConflict', 'condition', 'changed meanwhile'],
    [501, 'NotImplemented', 'unsupported', 'does not offer'],
    [400, 'KMS.DisabledException', 'encryption', 'encryption key'],
    [400, 'KMS.KMSInvalidStateException', 'encryption', 'encryption key'],
    [400, 'KMS.NotFoundException', 'encryption', 'encryption key'],
    [418, 'Teapot', 'other', 'not known here'],
  ])('%i %s is of kind %s', async (status, code, kind, words) => {
    const host = await answering((response) => {
      response.writeHead(status, { 'x-amz-request-id': 'REQ-1' }).end(error(code));
    });
    const outcome = await listAt(`http://${host}`);
    expect(outcome.failure).toMatchObject({
      kind,
      code,
      httpStatus: status,
      requestId: 'REQ-1',
      message: null,
    });
    expect(outcome.failure?.cause).toContain(words);
    expect(outcome.failure?.next).not.toBe('');
  });

  it.each([
    ['in the header', { 'x-amz-bucket-region': 'eu-central-1' }, '', 'eu-central-1'],
    ['in the body', {}, '<Region>eu-west-3</Region>', 'eu-west-3'],
    ['as nonsense', { 'x-amz-bucket-region': 'http://evil/' }, '', null],
  ])('reads the region %s', async (_, headers, more, region) => {
    const host = await answering((response) => {
      response.writeHead(400, headers).end(error('AuthorizationHeaderMalformed', 'wrong', more));
    });
    expect((await listAt(`http://${host}`)).failure?.region).toBe(region);
  });

  it.each([
    [
      'User: arn:aws:iam::1:user/x is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::photos" because no identity-based policy allows the s3:ListBucket action',
      'No identity-based policy allows s3:ListBucket on arn:aws:s3:::photos.',
    ],
    [
      'User: arn:aws:iam::1:user/x is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::photos/a" with an explicit deny in a resource-based policy',
      'A resource-based policy denies s3:PutObject on arn:aws:s3:::photos/a outright.',
    ],
    [
      'User: arn:aws:iam::1:user/x is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::photos/a" with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/p-1',
      'A service control policy denies s3:GetObject on arn:aws:s3:::photos/a outright.',
    ],
  ])('reads which policy decided', async (message, cause) => {
    const host = await answering((response) => {
      response.writeHead(403).end(error('AccessDenied', message.replaceAll('"', '&quot;')));
    });
    expect((await listAt(`http://${host}`)).failure?.cause).toBe(cause);
  });

  it('does not follow a redirect', async () => {
    let reached = false;
    const other = await answering((response) => {
      reached = true;
      response.end();
    });
    const host = await answering((response) => {
      response.writeHead(307, { location: `http://${other}/photos` }).end();
    });
    expect((await listAt(`http://${host}`)).failure).toMatchObject({ kind: 'region', httpStatus: 307 });
    expect(reached).toBe(false);
  });

  it.each([
    ['a web page', '<html><body>Console</body></html>'],
    ['a text', 'It works!'],
    ['nothing', ''],
  ])('knows %s for something else than S3', async (_, body) => {
    const host = await answering((response) => void response.end(body));
    expect((await listAt(`http://${host}`)).failure?.kind).toBe('protocol');
  });

  it('shows no secret, key id or signature that a provider echoes', async () => {
    const forms = [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('hex'),
      'f'.repeat(64),
      credentials.accessKeyId,
    ];
    const host = await answering((response) => {
      response
        .writeHead(403, { 'x-amz-request-id': secret })
        .end(error('SignatureDoesNotMatch', `Echo: ${forms.join(' ')}`));
    });
    const shown = JSON.stringify(await listAt(`http://${host}`));
    for (const form of forms) expect(shown).not.toContain(form);
    expect(shown).toContain('…MPLE');
  });

  it('stops reading an answer that does not end', async () => {
    let sent = 0;
    const host = await answering((response) => {
      response.writeHead(200, { 'content-type': 'application/xml' });
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(256 * 1024, 'a'))) sent += 256 * 1024;
      };
      response.on('drain', more);
      more();
    });
    expect((await listAt(`http://${host}`)).ok).toBe(false);
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('what the network answers', () => {
  it('a closed port is unreachable', async () => {
    const server = createServer();
    const host = await listen(server);
    server.close();
    await once(server, 'close');
    expect(await kindAt(`http://${host}`)).toBe('unreachable');
    expect((await listAt(`http://${host}`)).failure).toMatchObject({
      kind: 'unreachable',
      code: 'ECONNREFUSED',
    });
  });

  it('a name that does not exist is unreachable', async () => {
    const nowhere = createEndpointGuard({
      allow: [],
      resolveName: () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })),
    });
    const outcome = await probeEndpoint(nowhere, 'https://nowhere.example', AbortSignal.timeout(5000));
    expect(outcome.failure).toMatchObject({ kind: 'unreachable', code: 'ENOTFOUND' });
  });

  it('https to a port of plain HTTP is named so', async () => {
    const host = await answering((response) => void response.end());
    expect(await kindAt(`https://${host}`)).toBe('tls');
  });

  it('http to a port that wants https is named so', async () => {
    const host = await answering((response) => {
      response.writeHead(400).end('<html>The plain HTTP request was sent to HTTPS port</html>');
    });
    const outcome = await probeEndpoint(guard, `http://${host}`, AbortSignal.timeout(5000));
    expect(outcome.failure?.next).toContain('https://');
  });

  it.each([
    ['hangs up', (socket: Socket) => void socket.destroy()],
    ['speaks no HTTP', (socket: Socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
  ])('a server that %s is a matter of protocol', async (_, greet) => {
    const host = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => {});
        greet(socket);
      }),
    );
    expect(await kindAt(`http://${host}`)).toBe('protocol');
  });

  it('silence ends in a timeout', async () => {
    const host = await listen(createTcpServer((socket) => void socket.on('error', () => {})));
    expect(await kindAt(`http://${host}`, AbortSignal.timeout(300))).toBe('timeout');
    expect((await listAt(`http://${host}`, AbortSignal.timeout(300))).failure?.kind).toBe('timeout');
  });

  it('a private address is refused without a connection', async () => {
    const strict = createEndpointGuard({ allow: [] });
    const outcome = await probeEndpoint(strict, 'http://169.254.169.254', AbortSignal.timeout(5000));
    expect(outcome.failure).toMatchObject({ kind: 'endpointRefused' });
    expect(outcome.failure?.next).toContain('WINDLASS_ALLOW_ENDPOINTS');
  });

  it('measures how far the clock over there is ahead', async () => {
    const host = await answering((response) => {
      response.writeHead(403, { date: new Date(Date.now() + 20 * 60_000).toUTCString() }).end();
    });
    const outcome = await probeEndpoint(guard, `http://${host}`, AbortSignal.timeout(5000));
    expect(outcome.ok && Math.round((outcome.found.clockAheadMilliseconds ?? 0) / 60_000)).toBe(20);
  });
});
