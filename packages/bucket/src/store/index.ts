export { createObjectStore, type ObjectStoreOptions } from './object-store.ts';
export type { StoreClock, StoreLog } from './store-context.ts';
