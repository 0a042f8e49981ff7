import { Button, Code, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { checkRowTitles } from '../lib/check-words.ts';
import { mayPass, toProblem } from '../lib/problem.ts';
import { Fold } from './fold.tsx';

interface ProblemNoticeProps {
  error: unknown;
  /** Offered as a button when the same call may succeed a moment later. */
  retry?: () => void;
}

/** A row of a check by its title; a field of a request by its path. */
const nameOf = (path: string) => {
  const title = Object.entries(checkRowTitles).find(([id]) => id === path)?.[1];
  return title === undefined ? <Code>{path}</Code> : <b>{title}:</b>;
};

/** What happened, why, and the next step, in that order; details are folded. */
export const ProblemNotice = ({ error, retry }: ProblemNoticeProps) => {
  const problem = toProblem(error);
  const { title, detail, next, code, requestId, errors } = problem;
  const isCheck = code === 'checkFailed';
  // The rows of a check say all that its detail says.
  const why = isCheck && errors.length > 0 ? '' : detail;
  return (
    <div className="wl-notice" data-tone="missing" role="alert">
      <Stack gap={4}>
        <Text fw={600}>{title}</Text>
        {why !== '' && why !== title && <Text size="sm">{why}</Text>}
        {errors.length > 0 && code !== 'nameTaken' && (
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            {errors.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                <Text size="sm">
                  {isCheck ? nameOf(path) : <Code>{path}</Code>} {message}
                </Text>
              </li>
            ))}
          </ul>
        )}
        {next !== '' && <Text size="sm">{next}</Text>}
        {retry !== undefined && mayPass(problem) && (
          <Button
            variant="default"
            size="xs"
            mt={8}
            w="fit-content"
            leftSection={<IconRefresh size={16} />}
            onClick={retry}
          >
            Try again
          </Button>
        )}
        <Fold label="Details">
          <Text size="xs" className="wl-mono">
            code: {code}
            <br />
            request id: {requestId ?? 'none: no answer came'}
          </Text>
        </Fold>
      </Stack>
    </div>
  );
};
