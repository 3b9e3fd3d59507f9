import type { ReactNode } from 'react';
import { dateFormat } from '../core/format.js';
import { usePortal } from './context.js';
import { useLiveStatus } from './queries.js';
import { Root, usePlace } from './root.js';

export interface LiveBadgeProps {
  updatedAt?: number | undefined;
  onSay?: (message: string) => void;
}

/** Says whether what is shown follows what happens; pressing it halts that, and lets it go on. */
export function LiveBadge({ updatedAt, onSay }: LiveBadgeProps): ReactNode {
  const { text } = usePortal();
  const { locale, timeZone } = usePlace();
  const { status, pause, resume } = useLiveStatus();
  const paused = status === 'paused';
  const press = (): void => {
    if (paused) resume();
    else pause();
    onSay?.(text(paused ? 'nowLive' : 'nowPaused'));
  };
  const time = updatedAt && dateFormat(locale, timeZone, { timeStyle: 'medium' }).format(updatedAt);
  const title = [text(paused ? 'resume' : 'pause'), time && text('footUpdated', { time })].filter(Boolean).join(' · ');
  if (status === 'off') return null;
  return (
    <Root>
      <button type="button" className="up-live" data-status={status} aria-pressed={!paused} aria-label={`${text(status)}, ${text(paused ? 'resume' : 'pause')}`} title={title} onClick={press}>
        <i className="up-live-dot" /> {text(status)}
      </button>
    </Root>
  );
}
