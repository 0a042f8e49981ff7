import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Over the names and contents of everything in these directories, and over which packages are installed. */
export const sourceHash = (root, directories) => {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(root, 'package-lock.json')));
  for (const directory of directories) addDirectory(hash, root, directory);
  return hash.digest('hex');
};

const addDirectory = (hash, root, directory) => {
  const entries = readdirSync(join(root, directory), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== 'dist' && entry.name !== 'node_modules') addDirectory(hash, root, path);
    } else if (entry.isFile()) {
      const content = readFileSync(join(root, path));
      hash.update(`${path}\0${content.length}\0`).update(content);
    }
  }
};
