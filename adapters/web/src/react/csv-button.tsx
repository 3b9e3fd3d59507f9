import { useState, type ReactNode } from 'react';
import type { UsageRequest } from '../core/wire.js';
import { usePortal } from './context.js';
import { Icon } from './icons.js';
import { Root } from './root.js';

export interface CsvButtonProps {
  /** What to download: a question about exactly one meter. */
  request: UsageRequest;
  /** Hears what a screen reader should be told. */
  onSay?: (message: string) => void;
}

/** Downloads the server's table of precisely what is shown. */
export function CsvButton({ request, onSay }: CsvButtonProps): ReactNode {
  const { source, text } = usePortal();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const download = async (): Promise<void> => {
    setBusy(true);
    setFailed(false);
    onSay?.(text('csvBusy'));
    try {
      const { name, content } = await source!.csv(request);
      save(name, content);
      onSay?.(text('csvDone', { name }));
    } catch {
      setFailed(true);
      onSay?.(text('csvFailed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Root>
      <button type="button" className="up-button" aria-label={text('csvLabel')} aria-disabled={busy} data-failed={failed || undefined}
        title={failed ? text('csvFailed') : text('csvLabel')} onClick={() => !busy && source && void download()}>
        <Icon name={failed ? 'alert' : 'download'} /> {text('csv')}
      </button>
    </Root>
  );
}

function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
