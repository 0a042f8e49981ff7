import { readFileSync } from 'node:fs';

/** The last line of `npm test`, out of vitest's JSON report. A file that did not even load counts as one failed test. */
export const summarise = (report) => {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
};

/** Reads the report; a run that died before it wrote one has failed. */
export const readSummary = (path) => {
  try {
    return summarise(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

export const summaryLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
