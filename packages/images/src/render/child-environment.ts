import { existsSync } from 'node:fs';
import { codeCacheFolder } from './code-cache.ts';
import { fontEnvironment } from './font-environment.ts';

const jemallocPaths = [
  '/usr/lib/x86_64-linux-gnu/libjemalloc.so.2',
  '/usr/lib/aarch64-linux-gnu/libjemalloc.so.2',
  '/usr/lib64/libjemalloc.so.2',
  '/usr/local/lib/libjemalloc.so.2',
];

/**
 * The whole environment of a child: nothing is inherited, so no secret of ours is ever in the memory of a decoder.
 *
 * Decoded pictures fragment glibc's arenas (490 MB after 150 mixed jobs). jemalloc gives back what is free after a
 * second; without it, two arenas, and pixels in mappings of their own that go back when they are freed. glibc would
 * raise that threshold by itself to 32 MiB with the first picture.
 *
 * What goes back is faulted in anew with the next picture: 8,900 pages for the coefficients of a 12 megapixel
 * progressive JPEG, which libjpeg holds whole, and an eighth of what that picture costs. In huge pages it is a seventh
 * of the faults, and as little stays resident (81 MB; with a threshold of 32 MiB the faults go too, but 150 MB stay).
 * By jemalloc it is a tenth, and 20 MB more stay. Where the kernel gives none, or glibc is older than 2.35, nothing
 * changes.
 */
export const childEnvironment = (): Record<string, string> => {
  const jemalloc = jemallocPaths.find((path) => existsSync(path));
  const codeCache = codeCacheFolder();
  return {
    UV_THREADPOOL_SIZE: '4',
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: String(256 * 1024),
    MALLOC_TRIM_THRESHOLD_: String(1024 * 1024),
    // Huge pages, by madvise(2), for blocks that are as large as one (glibc manual, Memory Allocation Tunables).
    GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
    ...fontEnvironment(),
    ...(codeCache === undefined ? {} : { NODE_COMPILE_CACHE: codeCache }),
    ...(jemalloc === undefined
      ? {}
      : {
          LD_PRELOAD: jemalloc,
          // Address space that jemalloc keeps for later counts as data, and would eat up the child's limit.
          MALLOC_CONF: 'dirty_decay_ms:1000,muzzy_decay_ms:0,retain:false,background_thread:true,thp:always',
        }),
  };
};
