import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Connection, CredentialFacts, CredentialKind } from '@windlass/contract';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';
import { KeyRotation, StartRotation } from './key-rotation.tsx';
import { ReplaceCredentials } from './replace-credentials.tsx';

const kindWords: Record<CredentialKind, string> = {
  accessKey: 'access key',
  role: 'role, assumed for 15 minutes at a time',
  webIdentity: 'role, assumed with this server’s own token',
};

const factsOf = (credentials: CredentialFacts, externalId: string) => [
  { name: 'Kind', value: kindWords[credentials.kind] },
  ...(credentials.roleArn === null
    ? []
    : [{ name: 'Role', value: <span className="wl-mono">{credentials.roleArn}</span> }]),
  ...(credentials.kind === 'role'
    ? [{ name: 'External ID', value: <span className="wl-mono">{externalId}</span> }]
    : []),
  ...(credentials.accessKeyIdHint === null
    ? []
    : [
        {
          name: 'Access key id',
          value: <span className="wl-mono">{credentials.accessKeyIdHint}</span>,
        },
        { name: 'Secret', value: 'stored, never shown' },
      ]),
  { name: 'Set', value: <Since time={credentials.setAt} /> },
  { name: 'By', value: credentials.setBy },
  ...(credentials.temporary ? [{ name: 'Lasts', value: 'temporary, with a session token' }] : []),
];

/** Never the secret: the last four of the key id or the role, its age, who set it, and the way to change it. */
export const CredentialsCard = ({ connection, mayWrite }: { connection: Connection; mayWrite: boolean }) => {
  const { teamId } = useTeam();
  const [opened, form] = useDisclosure(false);
  const { credentials } = connection;
  const word = credentials === null ? 'Set credentials' : 'Replace';
  const rotates = credentials?.kind === 'accessKey' && credentials.rotation === null;
  return (
    <div className="wl-card">
      <Section
        title="Credentials"
        actions={
          mayWrite && (
            <Group gap={8}>
              {rotates && <StartRotation connection={connection} />}
              <Button size="xs" variant={credentials === null ? 'filled' : 'default'} onClick={form.open}>
                {word}
              </Button>
            </Group>
          )
        }
      >
        {credentials === null ? (
          <Text c="dimmed">None yet. The bucket cannot be used without.</Text>
        ) : (
          <Facts facts={factsOf(credentials, connection.externalId)} />
        )}
        {credentials?.rotation != null && (
          <KeyRotation connection={connection} rotation={credentials.rotation} mayWrite={mayWrite} />
        )}
      </Section>
      <Modal
        opened={opened}
        onClose={form.close}
        title={credentials === null ? 'Set credentials' : 'Replace the credentials'}
      >
        <ReplaceCredentials
          teamId={teamId}
          connection={connection}
          button={credentials === null ? 'Check and set' : 'Check and replace'}
          onCancel={form.close}
          onDone={() => {
            form.close();
            toastDone(credentials === null ? 'The credentials are set.' : 'The credentials are replaced.');
          }}
        />
      </Modal>
    </div>
  );
};
