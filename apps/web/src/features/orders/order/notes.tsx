import { ActionIcon, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { addOrderNote, deleteOrderNote, type Order } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Section } from '../../../ui/section.tsx';
import { Since } from '../../../ui/since.tsx';
import { hasRole } from '../../teams/choose-team.ts';
import { useTeam } from '../../teams/current-team.tsx';

type Note = Order['notes'][number];

/** What the team tells itself about an order. */
export const Notes = ({ order }: { order: Order }) => {
  const { teamId, role, user } = useTeam();
  // The server has the last word: of others' notes it refuses to members.
  const isAdmin = hasRole(role, 'admin');
  const client = useQueryClient();
  const [text, setText] = useState('');
  const params = { teamId, orderId: order.id };
  const refresh = () => client.invalidateQueries({ queryKey: ['order', teamId, order.id] });
  const add = useMutation({
    mutationFn: (body: { text: string }) => call(addOrderNote, { params, body }),
    onSuccess: async () => {
      setText('');
      await refresh();
    },
  });
  const remove = useMutation({
    mutationFn: ({ id }: Note) => call(deleteOrderNote, { params: { ...params, orderNoteId: id } }),
    onSuccess: refresh,
  });
  const error = add.error ?? remove.error;
  return (
    <div className="wl-card">
      <Section title="Notes" about="For the team; customers never see them.">
        {order.notes.length > 0 && (
          <ul className="wl-plain" aria-label="Notes">
            {order.notes.map((note) => (
              <li key={note.id}>
                <Group gap={8} wrap="nowrap" align="flex-start">
                  <div style={{ flex: 1, minWidth: 0 }}>
                    <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
                      {note.text}
                    </Text>
                    <Text size="xs" c="dimmed" component="div">
                      {note.by ?? 'somebody who left'}, <Since time={note.at} />
                    </Text>
                  </div>
                  {(isAdmin || note.by === user.name) && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={`Delete the note “${note.text.slice(0, 40)}”`}
                      loading={remove.isPending && remove.variables.id === note.id}
                      onClick={() => remove.mutate(note)}
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  )}
                </Group>
              </li>
            ))}
          </ul>
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') add.mutate({ text: text.trim() });
          }}
        >
          <Stack gap={8}>
            <Textarea
              aria-label="New note"
              placeholder="Customer wants a white border…"
              autosize
              minRows={2}
              maxRows={10}
              maxLength={4000}
              value={text}
              onChange={({ currentTarget: { value } }) => setText(value)}
            />
            {error !== null && <ProblemNotice error={error} />}
            <Button
              type="submit"
              size="xs"
              variant="default"
              w="fit-content"
              disabled={text.trim() === ''}
              loading={add.isPending}
            >
              Add the note
            </Button>
          </Stack>
        </form>
      </Section>
    </div>
  );
};
