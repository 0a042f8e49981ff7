import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Buckets } from '../../features/embedded-bucket/buckets.tsx';
import type { PolicyDraft } from '../../features/embedded-bucket/policy-dialog.tsx';
import { embeddedBucketQuery } from '../../features/embedded-bucket/queries.ts';
import { Roles } from '../../features/embedded-bucket/roles.tsx';
import { Trial } from '../../features/embedded-bucket/trial.tsx';
import { Users } from '../../features/embedded-bucket/users.tsx';
import { useTeam } from '../../features/teams/current-team.tsx';
import { Empty } from '../../ui/empty.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

// The linter comes with it, and is many times the size of the page.
const PolicyDialog = lazy(async () => ({
  default: (await import('../../features/embedded-bucket/policy-dialog.tsx')).PolicyDialog,
}));

/** The account of the embedded bucket: who is in it, what they may, and a request to try. */
export const EmbeddedBucketScreen = () => {
  const { teamId } = useTeam();
  const query = useQuery(embeddedBucketQuery(teamId));
  const [draft, setDraft] = useState<PolicyDraft | null>(null);
  if (query.data == null) {
    return (
      <>
        <PageHeader title="Embedded bucket" />
        {query.isError && <ProblemNotice error={query.error} />}
        {query.isPending && <Skeleton height={320} />}
        {query.data === null && (
          <Empty title="This team has no embedded bucket">
            It is off on this server, or belongs to the team that the first start made.
          </Empty>
        )}
      </>
    );
  }
  const { endpoint, region, accountId, users, roles, buckets } = query.data;
  const bucket = buckets[0]?.name ?? 'demo';
  return (
    <>
      <PageHeader
        title="Embedded bucket"
        about={`S3, IAM and STS at ${endpoint}, region ${region}, account ${accountId}. For trying things out: it decides as AWS does.`}
      />
      <div className="wl-two">
        <Stack gap={32} miw={0}>
          <Users teamId={teamId} users={users} bucket={bucket} onEdit={setDraft} />
          <Roles teamId={teamId} roles={roles} users={users} bucket={bucket} onEdit={setDraft} />
          <Buckets teamId={teamId} buckets={buckets} onEdit={setDraft} />
        </Stack>
        <Trial teamId={teamId} users={users} roles={roles} buckets={buckets} />
      </div>
      {draft !== null && (
        <Suspense fallback={null}>
          <PolicyDialog key={draft.title} draft={draft} onClose={() => setDraft(null)} />
        </Suspense>
      )}
    </>
  );
};
