import { Autocomplete, Checkbox, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { conditionKeys, operationOf } from '@windlass/policy';
import type { Dispatch } from 'react';
import { Fold } from '../../../ui/fold.tsx';
import type { StudioAction } from '../state/studio-reducer.ts';
import type { CheckState, TriedRequest } from '../state/studio-state.ts';
import { callGroups } from './calls.ts';

import { PairsField } from './pairs-field.tsx';
import { principalChoices } from './principal-choices.ts';

const keyNames = conditionKeys.map(({ name }) => name);

interface RequestFormProps {
  check: CheckState;
  dispatch: Dispatch<StudioAction>;
}

/** The call that is tried: what it is, on what, by whom, and what it brings along. */
export const RequestForm = ({ check: { request, documents }, dispatch }: RequestFormProps) => {
  const change = (patch: Partial<TriedRequest>) => dispatch({ type: 'try', request: patch });
  const operation = operationOf(request.operation);
  const target = operation?.target ?? 'object';
  const lists = operation?.parameters.includes('prefix') === true;
  const text = (field: 'bucket' | 'key' | 'account' | 'accessPoint', label: string, description?: string) => (
    <TextInput
      label={label}
      description={description}
      value={request[field]}
      spellCheck={false}
      autoCapitalize="off"
      onChange={(event) => change({ [field]: event.currentTarget.value })}
    />
  );
  const sourceText = (field: 'bucket' | 'key', label: string) => (
    <TextInput
      label={label}
      value={request.source[field]}
      spellCheck={false}
      onChange={(event) => change({ source: { ...request.source, [field]: event.currentTarget.value } })}
    />
  );
  return (
    <Stack gap={12} component="form" onSubmit={(event) => event.preventDefault()} aria-label="Request">
      <Select
        label="API call"
        data={callGroups}
        value={request.operation}
        allowDeselect={false}
        searchable
        nothingFoundMessage="S3 has no such call"
        maxDropdownHeight={320}
        onChange={(chosen) => chosen !== null && change({ operation: chosen })}
      />
      <SimpleGrid cols={target === 'service' ? 1 : 2} spacing={12}>
        {target !== 'service' && text('bucket', 'Bucket')}
        {target === 'object' && text('key', 'Key')}
        {lists && (
          <TextInput
            label="Prefix"
            value={request.parameters.find(({ name }) => name === 'prefix')?.value ?? ''}
            spellCheck={false}
            onChange={(event) => change({ parameters: withPrefix(request, event.currentTarget.value) })}
          />
        )}
      </SimpleGrid>
      {operation?.copies === true && (
        <SimpleGrid cols={2} spacing={12}>
          {sourceText('bucket', 'Source bucket')}
          {sourceText('key', 'Source key')}
        </SimpleGrid>
      )}
      <Autocomplete
        label="Principal"
        description="ARN of a user, role session or account, a service, or * for anybody."
        data={principalChoices(request.account)}
        value={request.principal}
        spellCheck={false}
        onChange={(principal) => change({ principal })}
      />
      {text('account', 'Account of the bucket')}
      <Fold label="Headers, context and more">
        <Stack gap={16} pt={8}>
          <PairsField
            label="Headers and parameters"
            about="What the call sends and policies can see."
            one="header or parameter"
            suggestions={operation?.parameters ?? []}
            value={request.parameters}
            onChange={(parameters) => change({ parameters })}
          />
          <PairsField
            label="Condition keys"
            about="What else is known of the request. A key that is not here is absent, unless it follows from the call."
            one="condition key"
            suggestions={keyNames}
            value={request.context}
            onChange={(context) => change({ context })}
          />
          {documents.some(({ kind }) => kind === 'accessPoint') &&
            text('accessPoint', 'Access point', 'Its ARN: the request then goes through it.')}
          <Checkbox
            label="Public access is blocked"
            description="RestrictPublicBuckets of Block Public Access."
            checked={request.blockPublicAccess}
            onChange={(event) => change({ blockPublicAccess: event.currentTarget.checked })}
          />
        </Stack>
      </Fold>
    </Stack>
  );
};

/** An empty prefix is none at all: to send it and to leave it away are the same to S3. */
const withPrefix = ({ parameters }: TriedRequest, prefix: string): TriedRequest['parameters'] => {
  const others = parameters.filter(({ name }) => name !== 'prefix');
  return prefix === '' ? others : [{ name: 'prefix', value: prefix }, ...others];
};
