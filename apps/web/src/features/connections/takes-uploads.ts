import type { Connection } from '@windlass/contract';

/** Can uploads go there? The jobs say what its key was made for. */
export const takesUploads = ({ jobs }: Pick<Connection, 'jobs'>): boolean =>
  jobs.includes('ingest') || jobs.includes('gallery');
