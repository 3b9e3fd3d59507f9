/**
 * Holds what a page loads at first against the budgets in package.json, gzipped: the entry and all
 * that it imports statically, without React and TanStack Query, which a host shares with others, but
 * in the element with everything.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { budgets } = JSON.parse(await readFile('package.json', 'utf8'));
const external = ['react', 'react/jsx-runtime', '@tanstack/query-core'];
/** What is imported when it is needed does not count. */
const later = { name: 'later', setup: ({ onResolve }) => onResolve({ filter: /./ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined)) };
let over = 0;

for (const [entry, budget] of Object.entries(budgets)) {
  const name = entry === '.' ? 'index' : entry.slice(2);
  const { outputFiles } = await build({
    entryPoints: [`dist/${name}.js`], bundle: true, minify: true, format: 'esm', write: false, logLevel: 'error',
    external: name === 'element' ? [] : external, plugins: [later],
  });
  // The element is shipped minified: measured as it is, in its files.
  const contents = name === 'element' ? await shipped('dist', 'element.js') : [outputFiles[0].contents];
  const size = contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);
  const fits = size <= budget;
  if (!fits) over += 1;
  console.log(`${fits ? 'ok  ' : 'OVER'} ${entry.padEnd(10)} ${(size / 1000).toFixed(2)} kB of ${budget / 1000} kB`);
}
process.exit(over ? 1 : 0);

async function shipped(folder, file, seen = new Set()) {
  const path = join(folder, file);
  if (seen.has(path)) return [];
  seen.add(path);
  const content = await readFile(path, 'utf8');
  const all = [content];
  for (const [, imported] of content.matchAll(/(?:from|import)\s?"(\.[^"]+)"/g)) all.push(...await shipped(dirname(path), imported, seen));
  return all;
}
