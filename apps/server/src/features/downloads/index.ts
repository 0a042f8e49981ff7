export { createDownloadsService, type DownloadsService, type NewZipLink } from './service.ts';
export { registerDownloadRoutes } from './routes.ts';
export { describeZips } from './describe-zips.ts';
export { shownAs } from './shown-as.ts';
export type { ZipEntry } from './zip-entry.ts';
