import { Button, Stack, Switch, Text } from '@mantine/core';
import { putEmbeddedBucketPolicy, putEmbeddedPublicAccess, type EmbeddedBucket } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { JsonView } from '../../ui/json-view.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import type { PolicyDraft } from './policy-dialog.tsx';
import { useAccountChange } from './queries.ts';
import { readable } from './templates.ts';

interface BucketsProps {
  teamId: string;
  buckets: readonly EmbeddedBucket[];
  onEdit: (draft: PolicyDraft) => void;
}

/** The buckets with their policies, as S3 decides by them. */
export const Buckets = ({ teamId, buckets, onEdit }: BucketsProps) => (
  <Section title="Buckets" about="A Deny in a bucket policy binds everybody, the bucket’s owner too.">
    <Stack gap={16}>
      {buckets.map((bucket) => (
        <One key={bucket.name} teamId={teamId} bucket={bucket} onEdit={onEdit} />
      ))}
    </Stack>
  </Section>
);

const One = ({
  teamId,
  bucket,
  onEdit,
}: {
  teamId: string;
  bucket: EmbeddedBucket;
  onEdit: BucketsProps['onEdit'];
}) => {
  const params = { teamId, bucketName: bucket.name };
  const put = useAccountChange(teamId, (document: string | null) =>
    call(putEmbeddedBucketPolicy, { params, body: { document } }),
  );
  const block = useAccountChange(teamId, (blocked: boolean) =>
    call(putEmbeddedPublicAccess, { params, body: { blocked } }),
  );
  const error = block.error ?? put.error;
  return (
    <div className="wl-card">
      <Stack gap={12}>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {bucket.name}
        </Text>
        {error !== null && <ProblemNotice error={error} />}
        <Switch
          label="Block all public access"
          checked={bucket.publicAccessBlocked}
          disabled={block.isPending}
          onChange={(event) => block.mutate(event.currentTarget.checked)}
        />
        {bucket.policy === null ? (
          <Text size="sm" c="dimmed">
            No bucket policy.
          </Text>
        ) : (
          <JsonView what="Bucket policy" value={readable(bucket.policy)} />
        )}
        <Button
          size="xs"
          variant="default"
          w="fit-content"
          aria-label={`Edit the policy of ${bucket.name}`}
          onClick={() =>
            onEdit({
              title: `Policy of ${bucket.name}`,
              kind: 'bucket',
              bucket: bucket.name,
              name: null,
              named: null,
              text: bucket.policy === null ? '' : readable(bucket.policy),
              about: 'Empty takes the policy away.',
              save: (_, document) => put.mutateAsync(document.trim() === '' ? null : document),
            })
          }
        >
          {bucket.policy === null ? 'Add a policy' : 'Edit the policy'}
        </Button>
      </Stack>
    </div>
  );
};
