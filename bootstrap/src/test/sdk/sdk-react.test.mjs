/** The React entry of the newest published SDK, inside a tree that React really renders. */
import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { before, test } from 'node:test';
import { OpenMeter as Operator } from '@openmeter/sdk';
import { OpenMeter, OpenMeterProvider, useOpenMeter } from '@openmeter/sdk/react';
import { createElement, Suspense, use } from 'react';
import { prerenderToNodeStream } from 'react-dom/static';
import { apiKey, baseUrl, prompts, unique } from './setup.mjs';

const type = unique('prompt');
const acme = unique('acme');
const tokens = unique('tokens_total');
const openmeter = new Operator({ baseUrl, apiKey });

before(async () => {
  await openmeter.meters.create({
    slug: tokens,
    aggregation: 'SUM',
    eventType: type,
    valueProperty: '$.tokens',
  });
  await openmeter.events.ingest(prompts(type, acme, unique('globex')));
});

/** A table of a customer's days, or a note where no client is provided yet. */
function Days({ usageOf }) {
  const client = useOpenMeter();
  if (client === null) {
    return createElement('p', null, 'not signed in');
  }
  const usage = use(usageOf(client));
  return createElement(
    'ul',
    null,
    usage.data.map((row) => {
      const day = row.windowStart.toISOString().slice(0, 10);
      return createElement('li', { key: day }, `${day}: ${row.value}`);
    }),
  );
}

/** React may render a component several times; its question goes out once. */
function askedOnce(ask) {
  let answer;
  return (client) => (answer ??= ask(client));
}

async function render(client) {
  const usageOf = askedOnce((asked) =>
    asked.query(tokens, { windowSize: 'DAY', windowTimeZone: 'America/New_York' }),
  );
  const days = createElement(Suspense, { fallback: 'loading' }, createElement(Days, { usageOf }));
  const tree = createElement(OpenMeterProvider, { value: client }, days);
  const failures = [];
  const { prelude } = await prerenderToNodeStream(tree, {
    onError: (error) => void failures.push(error),
  });
  const page = (await text(prelude)).replaceAll(/<!--.*?-->/g, '');
  return { page, failures };
}

test('a component below the provider asks for usage and shows it', async () => {
  const { token } = await openmeter.portal.create({ subject: acme });
  const { page, failures } = await render(new OpenMeter({ baseUrl, portalToken: token }));

  assert.deepEqual(failures, []);
  assert.equal(
    page,
    '<ul><li>2025-03-08: 0.1</li><li>2025-03-09: 40.2</li><li>2025-03-10: 7</li></ul>',
  );
});

test('without a client yet, the component renders and asks nothing', async () => {
  const { page, failures } = await render(null);

  assert.deepEqual(failures, []);
  assert.equal(page, '<p>not signed in</p>');
});

test('an ended token reaches the nearest boundary as the refusal that it is', async () => {
  const { id, token } = await openmeter.portal.create({ subject: acme });
  await openmeter.portal.invalidate({ id });

  const { page, failures } = await render(new OpenMeter({ baseUrl, portalToken: token }));

  assert.deepEqual(failures.map((error) => [error.name, error.status]), [['HTTPError', 401]]);
  assert.match(page, /loading/);
});
