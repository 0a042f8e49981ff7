/**
 * Says on stderr what takes a while, in one line; the returned function ends the line with the time it took.
 *
 * @example const done = announce('Building the web app'); …; done();
 */
export const announce = (what) => {
  const startedAt = performance.now();
  process.stderr.write(`${what} …`);
  return (outcome = 'done') => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stderr.write(` ${outcome} in ${seconds} s\n`);
  };
};
