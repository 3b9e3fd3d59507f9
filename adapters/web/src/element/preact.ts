/**
 * What of React the components use, by Preact itself: its compatibility layer does more, for more
 * bytes. The build puts this in the place of `react` and `react-dom/client`.
 */
import { render, type ComponentChild, type ContainerNode } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef } from 'preact/hooks';

export { createContext, createElement } from 'preact';
export { useCallback, useContext, useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';

export function useSyncExternalStore<T>(subscribe: (changed: () => void) => () => void, snapshot: () => T): T {
  const value = snapshot();
  const drawn = useRef({ value, snapshot });
  const [, draw] = useReducer((turn: number) => turn + 1, 0);
  const check = (): void => {
    if (!Object.is(drawn.current.value, drawn.current.snapshot())) draw(undefined);
  };
  useLayoutEffect(() => {
    drawn.current = { value, snapshot };
  });
  // What changed between the render and here would otherwise be missed.
  useEffect(() => {
    check();
    return subscribe(check);
  }, [subscribe]);
  return value;
}

export function createRoot(container: ContainerNode) {
  return {
    render: (child: ComponentChild) => render(child, container),
    unmount: () => render(null, container),
  };
}
