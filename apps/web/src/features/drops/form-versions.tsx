import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Drop } from '@windlass/contract';
import { plural } from '../../lib/format.ts';
import { Fold } from '../../ui/fold.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { useTeam } from '../teams/current-team.tsx';
import { fieldKindWords } from './drop-words.ts';
import { formVersionsQuery } from './queries.ts';

/** Every form that the page had: an order keeps the one it was filled in with. */
export const FormVersions = ({ drop }: { drop: Drop }) => {
  const { teamId } = useTeam();
  const query = useQuery(formVersionsQuery(teamId, drop.id));
  return (
    <div className="wl-card">
      <Section title="Versions of the form" about="An order keeps the form that it was filled in with.">
        {query.isError && <ProblemNotice error={query.error} retry={() => void query.refetch()} />}
        <ul className="wl-plain" aria-label="Versions of the form">
          {query.data?.items.map(({ version, fields, createdAt }) => (
            <li key={version}>
              <Fold
                label={`Version ${version}${version === drop.formVersion ? ' (in use)' : ''}: ${plural(fields.length, 'question')}`}
              >
                <Text size="xs" c="dimmed" component="div">
                  <Since time={createdAt} />
                </Text>
                {fields.length > 0 && (
                  <ul>
                    {fields.map((field) => (
                      <li key={field.id}>
                        <Text size="sm">
                          {field.label}, {fieldKindWords[field.kind].toLowerCase()}
                          {field.scope === 'file' && ', for each file'}
                          {field.required && ', required'}
                          {field.kind === 'choice' &&
                            `: ${field.options.map((option) => option.label).join(', ')}`}
                        </Text>
                      </li>
                    ))}
                  </ul>
                )}
              </Fold>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
};
