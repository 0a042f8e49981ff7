import { Button, Select, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { removeMember, roles, updateMember, type Member, type Role } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { Confirm } from '../../ui/confirm-delete.tsx';
import { ListView } from '../../ui/list-view.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { toastDone, toastProblem } from '../../ui/toast.ts';
import { hasRole } from './choose-team.ts';
import { useTeam } from './current-team.tsx';
import { membersQuery } from './queries.ts';

const columns = 'minmax(0, 1fr) 136px 152px 96px';

interface RowProps {
  member: Member;
  onLeave: (member: Member) => void;
}

const Row = ({ member, onLeave }: RowProps) => {
  const { teamId, role, user } = useTeam();
  const client = useQueryClient();
  const self = member.userId === user.id;
  const change = useMutation({
    mutationFn: (next: Role) =>
      call(updateMember, { params: { teamId, userId: member.userId }, body: { role: next } }),
    onSuccess: async () => {
      toastDone(`${member.name} has another role now.`);
      if (self) await client.invalidateQueries({ queryKey: ['me'] });
    },
    onError: toastProblem,
    onSettled: () => client.invalidateQueries({ queryKey: ['members', teamId] }),
  });
  return (
    <li className="wl-row" style={{ gridTemplateColumns: columns }}>
      <div>
        <Text fw={500} lineClamp={2} title={member.name}>
          {member.name}{' '}
          {self && (
            <Text span inherit c="dimmed">
              (you)
            </Text>
          )}
        </Text>
        <Text size="xs" c="dimmed">
          {member.email}
        </Text>
      </div>
      <Text size="xs" c="dimmed" component="div">
        joined <Since time={member.joinedAt} />
      </Text>
      {hasRole(role, 'owner') ? (
        <Select
          aria-label={`Role of ${member.name}`}
          size="xs"
          data={[...roles]}
          allowDeselect={false}
          value={change.isPending ? change.variables : member.role}
          disabled={change.isPending}
          onChange={(value) => {
            const next = roles.find((candidate) => candidate === value);
            if (next !== undefined && next !== member.role) change.mutate(next);
          }}
        />
      ) : (
        <Text size="sm">{member.role}</Text>
      )}
      <div className="wl-row-end">
        {(self || hasRole(role, 'owner')) && (
          <Button
            size="xs"
            variant="default"
            aria-label={self ? 'Leave the team' : `Remove ${member.name}`}
            onClick={() => onLeave(member)}
          >
            {self ? 'Leave' : 'Remove'}
          </Button>
        )}
      </div>
    </li>
  );
};

/** The people of the team with their roles. */
export const Members = () => {
  const { teamId, teamName, user } = useTeam();
  const client = useQueryClient();
  const navigate = useNavigate();
  const query = useInfiniteQuery(membersQuery(teamId));
  const [leaving, setLeaving] = useState<Member | null>(null);
  const self = leaving?.userId === user.id;
  const remove = useMutation({
    mutationFn: ({ userId }: Member) => call(removeMember, { params: { teamId, userId } }),
    onSuccess: async () => {
      setLeaving(null);
      if (!self) return client.invalidateQueries({ queryKey: ['members', teamId] });
      await client.invalidateQueries({ queryKey: ['me'] });
      return navigate({ to: '/', search: {} });
    },
  });
  return (
    <Section title="Members" about="Owners hold connections, admins hold sources, members look.">
      <ListView what="members" query={query} empty={<Text c="dimmed">Nobody.</Text>}>
        {(members) => (
          <ul className="wl-rows" aria-label="Members">
            {members.map((member) => (
              <Row key={member.userId} member={member} onLeave={setLeaving} />
            ))}
          </ul>
        )}
      </ListView>
      <Confirm
        opened={leaving !== null}
        onClose={() => {
          setLeaving(null);
          remove.reset();
        }}
        title={self ? 'Leave the team' : 'Remove a member'}
        button={self ? 'Leave' : 'Remove'}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => leaving !== null && remove.mutate(leaving)}
      >
        {self ? (
          <>
            Lost: you no longer see <strong>{teamName}</strong>. Only a new invitation brings you back.
          </>
        ) : (
          <>
            Lost: <strong>{leaving?.name}</strong> no longer sees this team. What they made stays. Only a new
            invitation brings them back.
          </>
        )}
      </Confirm>
    </Section>
  );
};
