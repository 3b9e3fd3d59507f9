/** Meterport itself, started as its users start it, with a folder of its own for a while. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** The launcher of the source tree builds the server where it has to; the build names that of its archive. */
const LAUNCHER = resolve(process.env.METERPORT_LAUNCHER ?? '../../bootstrap/meterport');

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
  const server = run(['serve', '--config', config]);
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const url = await server.printed(/^listening on (.+)$/);
  if (url) return { url, key: (await readFile(join(folder, 'data', 'admin-key'), 'utf8')).trim(), stop };
  await stop();
  throw new Error('Meterport did not start.');
}

/** The demonstration, and where its page is. */
export async function startDemo() {
  const demo = run(['demo', '--port', '0']);
  const url = await demo.printed(/Open (\S+) to see/);
  if (url) return { url, stop: demo.stop };
  await demo.stop();
  throw new Error('The demonstration did not start.');
}

function run(words) {
  const { METERPORT_LAUNCHER: _, METERPORT_URL: __, METERPORT_API_KEY: ___, ...environment } = process.env;
  const child = spawn(LAUNCHER, words, { env: { METERPORT_AOT: 'off', ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  return {
    /** What a line says there; undefined where the program ended without it. */
    async printed(pattern) {
      for await (const line of createInterface({ input: child.stdout })) {
        const [, found] = pattern.exec(line) ?? [];
        if (!found) continue;
        child.stdout.resume();
        return found;
      }
      return undefined;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
