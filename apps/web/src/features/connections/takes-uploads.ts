import type { Connection } from '@windlass/contract';

type Jobs = Pick<Connection, 'jobs'>;

/** Can uploads go there? The jobs say what its key was made for. */
export const takesUploads = ({ jobs }: Jobs): boolean => jobs.includes('ingest') || jobs.includes('gallery');

/** Can an order page stand on it? The server asks for the job by its name. */
export const takesOrders = ({ jobs }: Jobs): boolean => jobs.includes('ingest');
