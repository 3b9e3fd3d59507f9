/**
 * What the tests here share: the server to talk to, names that no other run has used, and short
 * forms of answers. A run needs METERPORT_URL and METERPORT_API_KEY (an admin key), and can be
 * repeated against the same server.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { HTTPError } from '@openmeter/sdk';

export const baseUrl = setting('METERPORT_URL');
export const apiKey = setting('METERPORT_API_KEY');

const run = randomBytes(4).toString('hex');

/** The name with a suffix of this run, good for slugs, subjects and event types. */
export const unique = (name) => `${name}_${run}`;

export const source = `urn:meterport:client-tests:${run}`;

export const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** A model's name with every kind of character that URLs, JSON and filters treat specially. */
export const AWKWARD = 'a&b=c[d]+é/ü,;%25 #?"\\_🦩';

/**
 * Five prompts of two customers around the night of 9 March 2025, when the clocks of New York
 * went forward: that day has 23 hours there, from 05:00Z to 04:00Z. One value is a string on
 * purpose, and the first two make 0.30000000000000004 in binary arithmetic.
 */
export function prompts(type, acme, globex) {
  const prompt = (subject, time, tokens, model, kind) => ({
    source,
    type,
    subject,
    time: new Date(time),
    data: { tokens, model, kind },
  });
  return [
    prompt(acme, '2025-03-09T04:30:00Z', 0.1, 'gpt-4 turbo', 'input'),
    prompt(acme, '2025-03-09T05:30:00Z', '0.2', AWKWARD, 'output'),
    prompt(acme, '2025-03-10T03:59:59.999Z', 40, AWKWARD, 'input'),
    prompt(acme, '2025-03-10T04:00:00Z', 7, 'gpt-4 turbo', 'input'),
    prompt(globex, '2025-03-09T05:45:00Z', 1000, 'gpt-4 turbo', 'output'),
  ];
}

/** The rows of a usage answer as one string each: window, value, subject, group. */
export function lines(answer) {
  return answer.data.map((row) =>
    [
      `${instant(row.windowStart)} ${instant(row.windowEnd)}`,
      row.value,
      row.subject,
      JSON.stringify(row.groupBy),
    ].join(' '),
  );
}

/** As lines, but sorted: rows that share a window come in no promised order. */
export const sortedLines = (answer) => lines(answer).sort();

function instant(time) {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** The refusal that a call of the newest SDK must end in. */
export async function refusal(call) {
  const error = await call.then(
    () => assert.fail('the call was not refused'),
    (thrown) => thrown,
  );
  assert.ok(error instanceof HTTPError, `not an HTTPError: ${error}`);
  const detail = error.getField('detail');
  assert.equal(error.message, `Request failed (${error.url}) [${error.status}]: ${detail}`);
  assert.equal(error.type, 'about:blank');
  return { status: error.status, title: error.title, code: error.getField('code'), detail };
}

/** A fetch that really goes out, and keeps the answers, whose headers the SDK hides. */
export function recordingFetch() {
  const answers = [];
  const fetch = async (request) => {
    const answer = await globalThis.fetch(request);
    answers.push(answer);
    return answer;
  };
  return { fetch, answers };
}

function setting(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`Set ${name} to run these tests against a server.`);
  }
  return value;
}
