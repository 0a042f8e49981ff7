import { Checkbox, Stack, Text } from '@mantine/core';
import { jobs, type Job } from '@windlass/contract';
import { jobWords } from '../../lib/connection-state.ts';

interface JobChoiceProps {
  value: readonly Job[];
  error: string | undefined;
  onChange: (jobs: Job[]) => void;
}

/** What the bucket is for: it decides which rights the credentials need. */
export const JobChoice = ({ value, error, onChange }: JobChoiceProps) => (
  <Checkbox.Group
    label="What is the bucket for?"
    description="The jobs decide which rights the credentials need. More can be added later."
    value={[...value]}
    onChange={onChange}
    error={error}
  >
    <Stack gap={8} mt={12}>
      {jobs.map((job) => (
        <Checkbox.Card
          key={job}
          value={job}
          p={12}
          aria-label={`${jobWords[job].word}. ${jobWords[job].about}`}
        >
          <div style={{ display: 'flex', gap: 12 }}>
            <Checkbox.Indicator />
            <div>
              <Text fw={500}>{jobWords[job].word}</Text>
              <Text size="sm" c="dimmed">
                {jobWords[job].about}
              </Text>
            </div>
          </div>
        </Checkbox.Card>
      ))}
    </Stack>
  </Checkbox.Group>
);
