/** What a suite may need and npm cannot bring; `scripts/test-requirements.js` names them. */
export type Requirement = 'ceph' | 'chromium' | 'heif-enc';

/**
 * True where `npm test` has found one of them missing and has said so. With CI=true nothing is ever skipped, and
 * without `npm test` nothing is skipped in silence: the suite then fails at what it lacks.
 */
export const lacks = (...needed: Requirement[]): boolean => {
  if (process.env['CI'] === 'true') return false;
  const missing = new Set((process.env['WINDLASS_TEST_SKIP'] ?? '').split(','));
  return needed.some((requirement) => missing.has(requirement));
};
