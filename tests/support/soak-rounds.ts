/**
 * How often a test kills what it tests: a few times every day, and as often as `WINDLASS_CRASH_ROUNDS` says in a soak.
 *
 * @example const rounds = soakRounds(5);
 */
export const soakRounds = (everyday: number): number =>
  Number(process.env['WINDLASS_CRASH_ROUNDS'] ?? everyday);
