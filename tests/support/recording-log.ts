import type { Log } from '../../apps/server/src/kernel/log.ts';

export interface RecordedLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  facts: Record<string, unknown>;
  message: string;
}

/** A log that keeps its lines for a test to read. */
export const createRecordingLog = (): Log & { lines: RecordedLine[] } => {
  const lines: RecordedLine[] = [];
  const make = (bound: Record<string, unknown>): Log => {
    const at = (level: RecordedLine['level']) => (facts: object, message: string) => {
      lines.push({ level, facts: { ...bound, ...facts }, message });
    };
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (facts) => make({ ...bound, ...facts }),
    };
  };
  return { ...make({}), lines };
};
