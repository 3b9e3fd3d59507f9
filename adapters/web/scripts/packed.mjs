/** `node scripts/packed.mjs FOLDER`: the package as npm would publish it, as FOLDER/meterport-web.tgz. */
import { execFileSync } from 'node:child_process';
import { mkdir, rename } from 'node:fs/promises';

const [folder = '../../docs/guide/examples'] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
await rename(`${folder}/${filename}`, `${folder}/meterport-web.tgz`);
