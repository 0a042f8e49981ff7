import type { OrderFile, OrderFiles } from '../order-file.ts';

/** A file of ten bytes that waits, whose id is its name. */
export const fileNamed = (name: string, facts: Partial<OrderFile> = {}): OrderFile => ({
  id: name,
  name,
  size: 10,
  lastModified: 1000,
  type: 'image/jpeg',
  state: 'waiting',
  bytesSent: 0,
  error: null,
  transferId: null,
  options: {},
  ...facts,
});

export const filesNamed = (...names: string[]): OrderFiles =>
  new Map(names.map((name) => [name, fileNamed(name)]));
