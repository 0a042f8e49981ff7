import { Stack, Title } from '@mantine/core';
import type { Drop } from '@windlass/contract';
import type { ReactNode } from 'react';
import { Fold } from '../../../ui/fold.tsx';
import type { DropForm } from './drop-values.ts';
import { AccessFields, ChallengeFields, CustomerFields, DeadlineFields } from './fields/access-fields.tsx';
import { LimitFields } from './fields/limit-fields.tsx';
import { EmbedFields, NotifyFields, QuotaFields } from './fields/more-fields.tsx';
import { BucketField, PageFields } from './fields/page-fields.tsx';
import { RetentionFields } from './fields/retention-fields.tsx';
import { FormEditor } from './form-editor.tsx';

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Stack component="section" gap={16} aria-label={title}>
    <Title order={2}>{title}</Title>
    {children}
  </Stack>
);

interface DropFieldsProps {
  form: DropForm;
  /** The page as it is stored; null while it is being made. */
  drop: Drop | null;
}

/** Everything that an order page is set to. For a new one, what has a good value by itself is folded. */
export const DropFields = ({ form, drop }: DropFieldsProps) => {
  const rest = (
    <Stack gap={32}>
      <Part title="Limits of an order">
        <LimitFields form={form} />
      </Part>
      <Part title="Deadline">
        <DeadlineFields form={form} />
      </Part>
      <Part title="Access">
        <AccessFields form={form} drop={drop} />
        <ChallengeFields form={form} drop={drop} />
      </Part>
      <Part title="How long files stay">
        <RetentionFields form={form} drop={drop} />
      </Part>
      <Part title="Who is told">
        <NotifyFields form={form} />
      </Part>
      <Part title="Quotas of the page">
        <QuotaFields form={form} />
      </Part>
      <Part title="On other sites">
        <EmbedFields form={form} />
      </Part>
    </Stack>
  );
  return (
    <Stack gap={32}>
      <Part title="Page">
        <BucketField
          form={form}
          {...(drop === null ? {} : { current: { value: drop.connectionId, label: drop.connectionName } })}
        />
        <PageFields form={form} isNew={drop === null} />
      </Part>
      <Part title="Questions">
        <CustomerFields form={form} />
        <FormEditor form={form} savedIds={drop?.fields.map(({ id }) => id) ?? []} />
      </Part>
      {drop === null ? (
        <Fold label="Limits, deadline, password, retention, quotas and more">
          <div style={{ paddingTop: 16 }}>{rest}</div>
        </Fold>
      ) : (
        rest
      )}
    </Stack>
  );
};
