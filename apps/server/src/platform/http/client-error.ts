import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { AppError } from '../../kernel/app-error.ts';
import { newRequestId } from './request-id.ts';
import { problemContentType, toProblem } from './problem.ts';

const kinds: Record<string, { status: number; detail: string }> = {
  HPE_HEADER_OVERFLOW: { status: 431, detail: 'The headers are too large.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: 'The request took too long to arrive.' },
};

/** Answers what could not be parsed as HTTP. There is no request yet, so the answer is written by hand. */
export const answerClientError = (error: Error & { code?: string }, socket: Socket): void => {
  // The peer is gone, or an answer is half written: nothing sensible can follow.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const { status, detail } = kinds[error.code ?? ''] ?? { status: 400, detail: 'This is not valid HTTP.' };
  const problem = toProblem(new AppError('invalidRequest', detail, { cause: error }), newRequestId());
  const body = JSON.stringify({ ...problem, status });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'connection: close',
      `content-type: ${problemContentType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
};
