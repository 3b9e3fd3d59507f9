import { useEffect, useState } from 'react';
import { PortalError } from '../core/problem.js';

type Drawing = typeof import('./drawing.js');

interface Later {
  data: Drawing | undefined;
  error: PortalError | undefined;
  refetch(): void;
}

/** Once it is here it stays: a second chart need not wait. */
let drawing: Drawing | undefined;

/** What draws, loaded in the browser only, while the token and the session are still on their way. */
export function useDrawing(): Later {
  const [data, setData] = useState(drawing);
  const [error, setError] = useState<PortalError>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (data) return undefined;
    let current = true;
    import('./drawing.js').then(
      (loaded) => {
        drawing = loaded;
        if (current) setData(loaded);
      },
      () => current && setError(new PortalError(0, 'network')),
    );
    return () => {
      current = false;
    };
  }, [data, tries]);
  const refetch = (): void => {
    setError(undefined);
    setTries(tries + 1);
  };
  return { data, error, refetch };
}
