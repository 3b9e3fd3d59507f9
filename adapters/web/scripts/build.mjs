/** Builds dist/: the package's three entries and their locales, the hosted pages, the style sheet. */
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const PREACT = {
  react: 'preact/compat', 'react-dom': 'preact/compat', 'react-dom/client': 'preact/compat/client',
  'react/jsx-runtime': 'preact/jsx-runtime',
};
const common = { bundle: true, format: 'esm', target: 'es2022', jsx: 'automatic', tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true } }, legalComments: 'none', logLevel: 'warning', charset: 'utf8' };

/** The element only reads: what TanStack Query has for writing and for endless lists stays out of it. */
const readOnlyQuery = {
  name: 'read-only-query',
  setup({ onLoad }) {
    onLoad({ filter: /query-core[\\/]build[\\/]modern[\\/]mutationCache\.js$/ }, () => ({
      contents: 'export class MutationCache { clear() {} resumePausedMutations() { return Promise.resolve(); } getAll() { return []; } find() {} findAll() { return []; } subscribe() { return () => {}; } }',
    }));
    onLoad({ filter: /query-core[\\/]build[\\/]modern[\\/]infiniteQueryBehavior\.js$/ }, () => ({
      contents: 'export function infiniteQueryBehavior() {} export function hasNextPage() {} export function hasPreviousPage() {}',
    }));
  },
};

const locales = (await readdir('src/locales')).sort().map((file) => file.replace(/\.ts$/, ''));

await rm('dist', { recursive: true, force: true });
await mkdir('dist/hosted', { recursive: true });

const css = (await transform(await readFile('src/styles/styles.css', 'utf8'), { loader: 'css', minify: true, target: ['chrome123', 'firefox120', 'safari17.5'] })).code.trim();
await writeFile('dist/styles.css', `${css}\n`);

await build({
  ...common,
  entryPoints: { index: 'src/core/index.ts', react: 'src/react/index.ts', view: 'src/react/view.ts', ...Object.fromEntries(locales.map((name) => [`locales/${name}`, `src/locales/${name}.ts`])) },
  outdir: 'dist', splitting: true, chunkNames: 'chunks/[name]-[hash]',
  external: ['react', 'react/jsx-runtime', '@tanstack/query-core'],
});

await build({
  ...common, minify: true, splitting: true,
  entryPoints: { element: 'src/element/index.tsx' },
  outdir: 'dist', chunkNames: 'element/[name]-[hash]', alias: PREACT, define: { __CSS__: JSON.stringify(css) }, plugins: [readOnlyQuery],
});

await squeeze('dist', (file) => file === 'element.js');
await squeeze('dist/element', (file) => file.endsWith('.js'));

// What Meterport serves: names with hashes, cached for ever, and pages that name them.
const hosted = await build({
  ...common, minify: true, splitting: true, metafile: true,
  entryPoints: { embed: 'src/hosted/embed-page.ts', playground: 'src/hosted/playground.ts', 'usage-portal': 'src/element/index.tsx' },
  outdir: 'dist/hosted/assets', entryNames: '[name].[hash]', chunkNames: '[name].[hash]', alias: PREACT, define: { __CSS__: JSON.stringify(css) }, plugins: [readOnlyQuery],
});
const assets = {};
for (const [file, { entryPoint }] of Object.entries(hosted.metafile.outputs)) {
  if (entryPoint) assets[entryPoint] = file.replace('dist/hosted/', '');
}
for (const page of ['embed', 'playground']) {
  const style = await hashed(`src/hosted/${page}.css`, page);
  const html = (await readFile(`src/hosted/${page}.html`, 'utf8'))
    .replace('{{script}}', assets[`src/hosted/${page === 'embed' ? 'embed-page' : page}.ts`])
    .replace('{{style}}', style);
  await writeFile(`dist/hosted/${page}.html`, html);
}
await build({ ...common, format: 'iife', minify: true, entryPoints: ['src/hosted/embed.ts'], outfile: 'dist/hosted/embed.js' });
// The element under a name that stays, for pages that load it from Meterport.
await writeFile('dist/hosted/usage-portal.js', `import './${assets['src/element/index.tsx']}';\n`);

const files = (await readdir('dist/hosted', { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.replace('dist/hosted/', '')).sort();
const manifest = { files: {} };
for (const file of files) manifest.files[file] = createHash('sha256').update(await readFile(`dist/hosted/${file}`)).digest('hex');
await writeFile('dist/hosted/manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);

/** A second pass for what browsers load as it is; a library's user has a minifier of their own. */
async function squeeze(folder, fits) {
  for (const file of await readdir(folder)) {
    if (!fits(file)) continue;
    const { code } = await minify(await readFile(`${folder}/${file}`, 'utf8'), { module: true, ecma: 2020, compress: { passes: 2 } });
    await writeFile(`${folder}/${file}`, code);
  }
}

async function hashed(source, name) {
  const { code } = await transform(await readFile(source, 'utf8'), { loader: 'css', minify: true });
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 8).toUpperCase();
  await writeFile(`dist/hosted/assets/${name}.${hash}.css`, code);
  return `assets/${name}.${hash}.css`;
}
