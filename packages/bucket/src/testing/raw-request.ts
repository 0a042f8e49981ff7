import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  headers: Map<string, string>;
  body: string;
  /** Everything that came, 100 Continue included. */
  text: string;
}

/** Sends bytes as they are and reads until the server closes or answers whole; for what no client would send. */
export function rawRequest(
  port: number,
  pieces: readonly (string | Uint8Array | { waitMilliseconds: number } | { end: true } | { leave: true })[],
  { timeoutMilliseconds = 5000 } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const received: Buffer[] = [];
    const timer = setTimeout(() => finish(), timeoutMilliseconds);
    function finish(): void {
      clearTimeout(timer);
      socket.destroy();
      resolve(parseAnswer(Buffer.concat(received).toString('latin1')));
    }
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk);
      if (isWhole(Buffer.concat(received).toString('latin1'))) finish();
    });
    socket.on('close', finish);
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') finish();
      else reject(error);
    });
    void (async () => {
      for (const piece of pieces) {
        if (typeof piece === 'string' || piece instanceof Uint8Array) socket.write(piece);
        else if ('end' in piece) socket.end();
        else if ('leave' in piece) socket.write('', () => socket.destroy());
        else await new Promise((wake) => setTimeout(wake, piece.waitMilliseconds));
      }
    })();
  });
}

function finalPart(text: string): string {
  return text.startsWith('HTTP/1.1 100') ? text.slice(text.indexOf('\r\n\r\n') + 4) : text;
}

function isWhole(text: string): boolean {
  const final = finalPart(text);
  const end = final.indexOf('\r\n\r\n');
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(final.slice(0, end + 2))?.[1];
  return end !== -1 && length !== undefined && final.length >= end + 4 + Number(length);
}

function parseAnswer(text: string): RawAnswer {
  const final = finalPart(text);
  const [head = '', ...rest] = final.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(first.split(' ')[1] ?? 0),
    headers: new Map(headers),
    body: rest.join('\r\n\r\n'),
    text,
  };
}
