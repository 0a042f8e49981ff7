/**
 * The young half of the heap is kept small and code is compiled for size: the server waits for networks and child
 * processes, and so it holds 65 MB less without being slower.
 */
const flags = ['--max-semi-space-size=2', '--optimize-for-size'];

/** How the server is started from the file that `buildServer` gives, without its settings. */
export const serverArguments = (file) => [...flags, file];

/**
 * Two arenas in place of eight a core, and what is large (pictures, bodies, the 32 KiB blocks in which V8 compiles)
 * straight from the kernel, to which it goes back: the server rests at 136 MB, and with a threshold of 128 KiB, which
 * keeps those blocks, at 175. Who sets one keeps it.
 */
export const serverEnvironment = (env) => ({
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '32768',
  MALLOC_TRIM_THRESHOLD_: '65536',
  ...env,
});
