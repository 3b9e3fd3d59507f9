/** Hears what a browser tells of itself, where there is one; returns how to stop. */
export function listen(handlers: Partial<Record<'visibilitychange' | 'online' | 'offline', () => void>>): () => void {
  const stop = new AbortController();
  for (const [name, handler] of Object.entries(handlers)) {
    globalThis.addEventListener?.(name, handler, { signal: stop.signal });
  }
  return () => stop.abort();
}

export function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}
