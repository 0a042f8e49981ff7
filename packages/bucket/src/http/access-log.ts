/** One line for each request. Never holds a query, a header or a signature: pre-signed URLs are secrets. */
export interface BucketLogEntry {
  level: 'info' | 'warn' | 'error';
  requestId: string;
  method: string;
  operation: string | undefined;
  bucket: string | undefined;
  key: string | undefined;
  /** Name of the user who signed, or `role/session`. */
  user: string | undefined;
  status: number;
  errorCode: string | undefined;
  durationMilliseconds: number;
  /** Set when the fault is the server's. */
  error?: unknown;
}

export type BucketLog = (entry: BucketLogEntry) => void;
