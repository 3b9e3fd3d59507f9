/** Builds dist/: the package's entries and their locales, the element, the hosted pages, the style sheet. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { build, transform } from 'esbuild';
import { minify } from 'terser';
import { INTERNAL_NAMES, readOnlyQuery } from './read-only-query.mjs';

const BROWSERS = ['chrome123', 'firefox120', 'safari17.5'];
const common = {
  bundle: true, format: 'esm', target: 'es2022', jsx: 'automatic', legalComments: 'none', logLevel: 'warning', charset: 'utf8',
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true } },
};
const locales = (await readdir('src/locales')).sort().map((file) => file.replace(/\.ts$/, ''));

await rm('dist', { recursive: true, force: true });
await mkdir('dist/element', { recursive: true });
await mkdir('dist/hosted/assets', { recursive: true });

const css = await styled('src/styles/styles.css');
await writeFile('dist/styles.css', `${css}\n`);
await writeFile('dist/licenses.txt', await licenses(['preact', '@tanstack/query-core']));
await copyFile('../../LICENSE', 'dist/LICENSE');

// For people with a bundler, and a minifier, of their own.
await build({
  ...common, splitting: true, outdir: 'dist', chunkNames: 'chunks/[name]-[hash]',
  entryPoints: { index: 'src/core/index.ts', react: 'src/react/index.ts', view: 'src/react/view.ts', jsx: 'src/jsx.ts', ...Object.fromEntries(locales.map((name) => [`locales/${name}`, `src/locales/${name}.ts`])) },
  external: ['react', 'react/jsx-runtime'], plugins: [readOnlyQuery],
});

// The element: one file, and what it loads when it is wanted. Meterport serves the same under names with hashes, cached for ever.
const seldom = { live: 'src/core/live.ts', 'data-source': 'src/react/data-source.ts', ...Object.fromEntries(locales.map((name) => [name, `src/locales/${name}.ts`])) };
const near = {};
const served = {};
for (const [name, source] of Object.entries(seldom)) {
  const code = await squeezed(source);
  near[name] = `./element/${await hashed('dist/element', name, '-', code, 'js')}`;
  served[name] = `./${await hashed('dist/hosted/assets', name, '.', code, 'js')}`;
}
const element = await squeezed('src/element/index.tsx');
await writeFile('dist/element.js', named(element, near));
served.index = `./${await hashed('dist/hosted/assets', 'usage-portal', '.', named(element, served), 'js')}`;

for (const page of ['embed', 'playground']) {
  const script = named(await squeezed(`src/hosted/${page === 'embed' ? 'embed-page' : page}.ts`), served);
  const html = (await readFile(`src/hosted/${page}.html`, 'utf8'))
    .replace('{{script}}', `assets/${await hashed('dist/hosted/assets', page, '.', script, 'js')}`)
    .replace('{{style}}', `assets/${await hashed('dist/hosted/assets', page, '.', await styled(`src/hosted/${page}.css`), 'css')}`)
    .replace('{{element}}', served.index.replace('./', 'assets/'));
  await writeFile(`dist/hosted/${page}.html`, html);
}
await build({ ...common, format: 'iife', minify: true, entryPoints: ['src/hosted/embed.ts'], outfile: 'dist/hosted/embed.js' });
// The element under a name that stays, for pages that load it from Meterport.
await writeFile('dist/hosted/usage-portal.js', `import '${served.index.replace('./', './assets/')}';\n`);

const files = (await readdir('dist/hosted', { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.replace('dist/hosted/', '')).sort();
const manifest = { files: {} };
for (const file of files) manifest.files[file] = createHash('sha256').update(await readFile(`dist/hosted/${file}`)).digest('hex');
await writeFile('dist/hosted/manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);

/** One file for browsers as they are, on Preact; what is built apart stands in it as `@@name`. */
async function squeezed(source) {
  const preact = resolve('src/element/preact.ts');
  const apart = {
    name: 'apart',
    setup({ onResolve }) {
      onResolve({ filter: /\/react\/later\.js$|^\.\/later\.js$/ }, () => ({ path: resolve('src/element/at-once.ts') }));
      onResolve({ filter: /\.js$/ }, ({ kind, path, importer }) => {
        const other = kind === 'dynamic-import' || (/element\/index\.js$/.test(path) && /src.hosted/.test(importer));
        return other ? { path: `@@${basename(path, '.js')}`, external: true } : undefined;
      });
    },
  };
  const { outputFiles } = await build({
    ...common, minify: true, write: false, entryPoints: [source], define: { __CSS__: JSON.stringify(css) }, plugins: [apart, readOnlyQuery],
    alias: { react: preact, 'react-dom/client': preact, 'react/jsx-runtime': 'preact/jsx-runtime' },
  });
  const { code } = await minify(outputFiles[0].text, {
    module: true, ecma: 2022, compress: { passes: 4, keep_fargs: false, unsafe_arrows: true, unsafe_methods: true }, mangle: { properties: { regex: INTERNAL_NAMES } },
  });
  return code;
}

function named(code, names) {
  return code.replace(/@@([\w-]+)/g, (_, name) => names[name]);
}

async function hashed(folder, name, between, content, kind) {
  const file = `${name}${between}${createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase()}.${kind}`;
  await writeFile(`${folder}/${file}`, content);
  return file;
}

async function styled(source) {
  return (await transform(await readFile(source, 'utf8'), { loader: 'css', minify: true, target: BROWSERS })).code.trim();
}

/** What is inside of our files and was written by others wants to be named with its licence. */
async function licenses(packages) {
  const parts = await Promise.all(packages.map(async (name) => `${name}\n\n${(await readFile(`node_modules/${name}/LICENSE`, 'utf8')).trim()}\n`));
  return `Parts of these files come from:\n\n${parts.join('\n\n')}`;
}
