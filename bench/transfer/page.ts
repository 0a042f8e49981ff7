import {
  browserOnlineSignal,
  createUploadApi,
  createUploader,
  createXhrSender,
  sourceOfFile,
} from '@windlass/transfer';

declare global {
  /** What the bench calls in the page. */
  var uploadChosen: (origin: string, token: string) => Promise<{ done: number; failed: string[] }>;
}

globalThis.uploadChosen = async (origin, token) => {
  const input = document.querySelector('input');
  const uploader = createUploader({
    api: createUploadApi({ origin, token }),
    send: createXhrSender(),
    online: browserOnlineSignal(),
  });
  uploader.add([...(input?.files ?? [])].map((file) => sourceOfFile(file)));
  const { items, counts } = await uploader.done();
  return {
    done: counts.done,
    failed: items
      .flatMap(({ name, error }) => (error === null ? [] : [`${name}: ${error.detail}`]))
      .slice(0, 5),
  };
};
