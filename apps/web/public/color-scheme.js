// Runs before the first paint so that a dark page never flashes white. A file of its own: the page's policy allows no inline script.
(() => {
  let choice = 'auto';
  try {
    choice = localStorage.getItem('windlass-color-scheme') ?? 'auto';
  } catch {
    // Storage may be closed by the browser's settings; the system's scheme is then the answer.
  }
  const dark =
    choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
