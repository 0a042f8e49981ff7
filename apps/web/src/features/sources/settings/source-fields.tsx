import { Stack, Title } from '@mantine/core';
import type { Source } from '@windlass/contract';
import type { ReactNode } from 'react';
import { Fold } from '../../../ui/fold.tsx';
import { RestrictionFields, SecuredField } from './access-fields.tsx';
import { CacheFields, DefaultFields, ErrorFields, LimitFields } from './delivery-fields.tsx';
import { OriginFields } from './origin-fields.tsx';
import type { SourceForm } from './source-values.ts';

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Stack component="section" gap={12} aria-label={title}>
    <Title order={3}>{title}</Title>
    {children}
  </Stack>
);

/** Every setting of a source that is there. */
export const SourceFields = ({ form, source }: { form: SourceForm; source: Source }) => (
  <Stack gap={32}>
    <Part title="Originals">
      <OriginFields
        form={form}
        {...(source.connectionId === null
          ? {}
          : { current: { value: source.connectionId, label: source.connectionName ?? source.connectionId } })}
      />
    </Part>
    <Part title="Who may ask for what">
      <SecuredField form={form} />
      <RestrictionFields form={form} />
    </Part>
    <Part title="What a URL does not say">
      <DefaultFields form={form} />
    </Part>
    <Part title="Caching">
      <CacheFields form={form} />
    </Part>
    <Part title="When a picture cannot be made">
      <ErrorFields form={form} source={source} />
    </Part>
    <Part title="Limits">
      <LimitFields form={form} />
    </Part>
  </Stack>
);

/** The way to a new source: what only experts change is folded. */
export const NewSourceFields = ({ form }: { form: SourceForm }) => (
  <Stack gap={16}>
    <OriginFields form={form} />
    <SecuredField form={form} />
    <DefaultFields form={form} />
    <Fold label="Sizes, caching, errors and limits">
      <Stack gap={16} pt={8}>
        <RestrictionFields form={form} />
        <CacheFields form={form} />
        <ErrorFields form={form} source={null} />
        <LimitFields form={form} />
      </Stack>
    </Fold>
  </Stack>
);
