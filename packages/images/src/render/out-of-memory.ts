/**
 * The words of those who could not allocate: libvips and V8 in an error, GLib (which aborts), C++ and V8 on stderr. A
 * thread that cannot start found no room for its stack.
 * None of them has a code.
 */
const refusedAllocation =
  /out of memory|failed to allocate|cannot allocate|unable to (?:allocate|malloc)|allocation failed|bad_alloc|committing .* failed|creating thread/i;

/** Whether a text that a dying renderer wrote says that it got no memory. */
export const tellsOutOfMemory = (text: string): boolean => refusedAllocation.test(text);

/** Whether an error, or one that caused it, is an allocation that was refused. */
export const outOfMemory = (error: unknown): boolean =>
  error instanceof Error && (tellsOutOfMemory(error.message) || outOfMemory(error.cause));
