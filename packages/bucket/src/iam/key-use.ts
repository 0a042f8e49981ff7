/** When keys last signed, in memory: a note on the disk with every request would cost more than the request. */
export interface KeyUse {
  note(accessKeyId: string, service: string, at: Date): void;
  last(accessKeyId: string): { readonly at: Date; readonly service: string } | undefined;
}

export const createKeyUse = (): KeyUse => {
  // One entry for each key of a user at most: only keys that proved their signature are noted.
  const uses = new Map<string, { at: Date; service: string }>();
  return {
    note: (accessKeyId, service, at) => void uses.set(accessKeyId, { at, service }),
    last: (accessKeyId) => uses.get(accessKeyId),
  };
};
