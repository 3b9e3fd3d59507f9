/** Meterport itself, started as its users start it, with a folder of its own for a while. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** The launcher of the source tree builds the server where it has to; the build names that of its archive. */
const LAUNCHER = resolve(process.env.METERPORT_LAUNCHER ?? '../../bootstrap/meterport');
const WORD = 'listening on ';

/** A server on a free port whose page these origins may frame; tests ask more often than customers may. */
export async function startMeterport(embedOrigins) {
  const folder = await mkdtemp(join(tmpdir(), 'meterport-web-'));
  const config = join(folder, 'config.yaml');
  await writeFile(config, `server: { port: 0 }
data: { dir: ${JSON.stringify(join(folder, 'data'))} }
portal:
  embed: { origins: ${JSON.stringify(embedOrigins)} }
  playground: true
  rates: { queries-per-second: 0, tokens-per-second: 0, bad-tokens-per-minute: 0 }
logging: { level: warning }
`);
  const { METERPORT_LAUNCHER: _, METERPORT_URL: __, METERPORT_API_KEY: ___, ...environment } = process.env;
  const server = spawn(LAUNCHER, ['serve', '--config', config], { env: { METERPORT_AOT: 'off', ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: server.stdout })) {
    if (!line.startsWith(WORD)) continue;
    server.stdout.resume();
    return { url: line.slice(WORD.length), key: (await readFile(join(folder, 'data', 'admin-key'), 'utf8')).trim(), stop };
  }
  await rm(folder, { recursive: true, force: true });
  throw new Error(`Meterport did not start: ${LAUNCHER} ended with ${(await ended)[0]}.`);
}
