/**
 * `node scripts/hosted.mjs refresh|check`: hosted/ holds the pages as they were last built, so that
 * nobody needs Node to build the server. `refresh` puts there what dist/hosted has; `check` fails
 * where the two differ.
 */
import { cp, readdir, readFile, rm } from 'node:fs/promises';

const [task] = process.argv.slice(2);

if (task === 'refresh') {
  await rm('hosted', { recursive: true, force: true });
  await cp('dist/hosted', 'hosted', { recursive: true });
} else {
  const built = await filesOf('dist/hosted');
  const kept = await filesOf('hosted');
  const differing = [...new Set([...built.keys(), ...kept.keys()])].sort()
    .filter((name) => !built.has(name) || !kept.has(name) || !built.get(name).equals(kept.get(name)));
  if (differing.length) {
    console.error(`adapters/web/hosted is not what the sources make: ${differing.join(', ')}.\nRefresh it with: npm --prefix adapters/web run hosted`);
    process.exit(1);
  }
  console.log(`ok   hosted: ${kept.size} files are what the sources make`);
}

async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map();
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = `${entry.parentPath}/${entry.name}`;
    files.set(path.slice(folder.length + 1), await readFile(path));
  }
  return files;
}
