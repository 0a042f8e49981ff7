import { Button, Code, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { checkRowTitles } from '../lib/check-words.ts';
import { formPath, mayPass, toProblem } from '../lib/problem.ts';
import { Fold } from './fold.tsx';

interface ProblemNoticeProps {
  error: unknown;
  /** Offered as a button when the same call may succeed a moment later. */
  retry?: () => void;
  /** Names of fields that show their own errors beside it: those are not told a second time. */
  fields?: readonly string[];
}

/** A row of a check by its title; a field of a request by its path. */
const nameOf = (path: string) => {
  const title = Object.entries(checkRowTitles).find(([id]) => id === path)?.[1];
  return title === undefined ? <Code>{path}</Code> : <b>{title}:</b>;
};

const noFields: readonly string[] = [];

/** What happened, why, and the next step, in that order; details are folded. */
export const ProblemNotice = ({ error, retry, fields = noFields }: ProblemNoticeProps) => {
  const problem = toProblem(error);
  const { title, detail, next, code, requestId } = problem;
  const isCheck = code === 'checkFailed';
  const errors = problem.errors.filter(({ path }) => !fields.includes(formPath(path)));
  // Of a name that is taken the detail says it all; else the rows, or a field, may say what the detail says.
  const listed = code !== 'nameTaken';
  const said =
    listed && ((isCheck && errors.length > 0) || problem.errors.some(({ message }) => message === detail));
  const why = said ? '' : detail;
  return (
    <div className="wl-notice" data-tone="missing" role="alert">
      <Stack gap={4}>
        <Text fw={600}>{title}</Text>
        {why !== '' && why !== title && <Text size="sm">{why}</Text>}
        {listed && errors.length > 0 && (
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
