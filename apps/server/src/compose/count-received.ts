import type { TransferKind } from '@windlass/contract';
import type { Metrics } from '../platform/telemetry/metrics.ts';

/** Two counters for the metrics: uploads that were received, and their bytes. */
export const countReceived = (
  metrics: Metrics,
): ((labels: { kind: TransferKind }, files: number, bytes: number) => void) => {
  const uploads = metrics.counter('windlass_uploads_received_total', 'Uploads that ended with a receipt', [
    'kind',
  ]);
  const bytes = metrics.counter(
    'windlass_upload_bytes_received_total',
    'Their bytes, which went to buckets',
    ['kind'],
  );
  return (labels, files, size) => {
    uploads(labels, files);
    bytes(labels, size);
  };
};
