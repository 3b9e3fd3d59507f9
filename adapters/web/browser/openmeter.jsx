/**
 * Code as it stands in OpenMeter's guides: once with the client that OpenMeter publishes, once with
 * this package in its place.
 */
import * as published from '@openmeter/sdk/react';
import { useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { OpenMeterProvider, WindowSize, useOpenMeter } from '../dist/react.js';

const search = new URLSearchParams(location.search);
const url = search.get('api');
const from = new Date(search.get('from'));
const to = new Date(search.get('to'));
const model = search.get('model');

function useToken() {
  const [token, setToken] = useState();
  useEffect(() => {
    fetch(`/token?subject=${search.get('subject')}`, { method: 'POST' }).then((response) => response.json()).then(({ token }) => setToken(token));
  }, []);
  return token;
}

function List({ id, rows }) {
  return <ul id={id}>{rows.map(({ windowStart, value }) => <li key={String(windowStart)}>{new Date(windowStart).toISOString().slice(0, 10)}: {value}</li>)}</ul>;
}

function useRows(client, ask) {
  const [rows, setRows] = useState();
  useEffect(() => {
    if (client) ask(client).then(setRows, (error) => console.error(error));
  }, [client]);
  return rows;
}

function WithPublished() {
  const client = published.useOpenMeter();
  const rows = useRows(client, async (openmeter) => (await openmeter.query('tokens', { windowSize: 'DAY', windowTimeZone: 'America/New_York', from, to, filterGroupBy: { model } })).data);
  return rows ? <List id="published" rows={rows} /> : <p>Not yet</p>;
}

function WithOurs() {
  const openmeter = useOpenMeter();
  const rows = useRows(openmeter, async (client) => {
    const { data } = await client.queryPortalMeter({ meter: 'tokens', windowSize: WindowSize.Day, windowTimeZone: 'America/New_York', from, to, filterGroupBy: { model } });
    return data.data;
  });
  return rows ? <List id="ours" rows={rows} /> : <p>Not yet</p>;
}

function App() {
  const token = useToken();
  const client = useMemo(() => (token ? new published.OpenMeter({ baseUrl: url, portalToken: token }) : null), [token]);
  return (
    <>
      <published.OpenMeterProvider value={client}><WithPublished /></published.OpenMeterProvider>
      <OpenMeterProvider url={url} token={token}><WithOurs /></OpenMeterProvider>
    </>
  );
}

createRoot(document.getElementById('app')).render(<App />);
