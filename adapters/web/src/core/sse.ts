export interface StreamEvent {
  event: string;
  data: string;
}

export interface StreamHandlers {
  onEvent(event: StreamEvent): void;
  /** The server's wish of how long to wait before connecting again. */
  onRetry?(millis: number): void;
  /** Something came, if only a heartbeat. */
  onBeat?(): void;
}

/** Reads server-sent events until the stream ends, as the HTML standard describes them. */
export async function readEvents(body: ReadableStream<Uint8Array>, handlers: StreamHandlers): Promise<void> {
  const parse = eventParser(handlers);
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    handlers.onBeat?.();
    parse(decoder.decode(value, { stream: true }));
  }
}

/** Takes text in any portions and calls the handlers for each whole event. */
export function eventParser({ onEvent, onRetry }: StreamHandlers): (text: string) => void {
  let rest = '';
  let event = '';
  let data: string[] = [];

  const line = (text: string): void => {
    if (text === '') {
      if (data.length) onEvent({ event: event || 'message', data: data.join('\n') });
      event = '';
      data = [];
      return;
    }
    const colon = text.indexOf(':');
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    if (field === 'data') data.push(value);
    if (field === 'retry' && /^\d+$/.test(value)) onRetry?.(Number(value));
  };

  return (text) => {
    rest += text;
    // A carriage return at the very end may be the first half of a line end.
    const whole = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
    const lines = whole.split(/\r\n|\r|\n/);
    const last = lines.pop() as string;
    rest = last + rest.slice(whole.length);
    lines.forEach(line);
  };
}
