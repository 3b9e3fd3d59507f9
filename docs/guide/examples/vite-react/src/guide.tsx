import { OpenMeterProvider, WindowSize, useOpenMeter } from '@meterport/web/react';
import { useEffect, useState } from 'react';
import { fetchToken } from './token';

export function Guide() {
  const [token, setToken] = useState<string>();
  useEffect(() => {
    fetchToken().then((answer) => setToken(answer.token));
  }, []);

  return (
    <OpenMeterProvider url={METERPORT_URL} token={token}>
      <Tokens />
    </OpenMeterProvider>
  );
}

function Tokens() {
  const openmeter = useOpenMeter();
  const [days, setDays] = useState<string[]>([]);
  useEffect(() => {
    // Null as long as there is no token.
    openmeter
      ?.queryPortalMeter({ meter: 'tokens', windowSize: WindowSize.Day })
      .then(({ data }) => setDays(data.data.map((row) => `${row.windowStart}: ${row.value}`)));
  }, [openmeter]);

  return <ul>{days.map((day) => <li key={day}>{day}</li>)}</ul>;
}
