import { useEffect, useState, type ReactNode } from 'react';
import { dateFormat } from '../core/format.js';
import type { PortalError } from '../core/problem.js';
import { usePortal } from './context.js';
import { Icon } from './icons.js';
import { usePlace } from './root.js';

interface PanelProps {
  icon: 'alert' | 'lock' | 'clock' | 'empty';
  title: string;
  detail?: string | undefined;
  note?: string | undefined;
  alert?: boolean;
  children?: ReactNode;
}

export function Panel({ icon, title, detail, note, alert = false, children }: PanelProps): ReactNode {
  return (
    <div className="up-state" {...(alert && { role: 'alert' })}>
      <span className="up-state-icon"><Icon name={icon} /></span>
      <p className="up-state-title">{title}</p>
      {detail && <p className="up-state-text">{detail}</p>}
      {note && <p className="up-state-note">{note}</p>}
      {children && <div className="up-state-actions">{children}</div>}
    </div>
  );
}

/** In place of everything when there is nothing to show; `403` and `404` tell nobody which meters exist. */
export function ErrorPanel({ error, onRetry, children }: { error: PortalError; onRetry(): void; children?: ReactNode }): ReactNode {
  const { text } = usePortal();
  if (error.status === 403 || error.status === 404) {
    return <Panel alert icon="lock" title={text('deniedTitle')} detail={text('deniedText')} />;
  }
  const id = error.requestId;
  return (
    <Panel alert icon="alert" title={text('errorTitle')} note={id && text('errorRequest', { id })}
      detail={error.status === 0 ? text('errorNetwork') : error.detail ?? error.title}>
      {children || <button type="button" className="up-button" onClick={onRetry}>{text('retry')}</button>}
    </Panel>
  );
}

export function SessionOver({ status }: { status: 'expired' | 'ended' }): ReactNode {
  const { text, source } = usePortal();
  const reload = (): void => {
    source?.tokens.refresh('expiring').catch(() => location.reload());
  };
  return (
    <Panel alert icon={status === 'expired' ? 'clock' : 'lock'} title={text(`${status}Title`)} detail={text(`${status}Text`)}>
      <button type="button" className="up-button up-primary" onClick={reload}>{text('reload')}</button>
    </Panel>
  );
}

/** For what fails beside something larger that fails too, and says more. */
export function FailedNote({ onRetry }: { onRetry(): void }): ReactNode {
  const { text } = usePortal();
  return (
    <div className="up-note">
      <Icon name="alert" /> <span>{text('errorTitle')}</span>
      <button type="button" className="up-link" onClick={onRetry}>{text('retry')}</button>
    </div>
  );
}

/** The last data stay in view; this says that they are not the newest. */
export function StaleNote({ updatedAt, onRetry }: { updatedAt: number | undefined; onRetry(): void }): ReactNode {
  const { text } = usePortal();
  const { locale, timeZone } = usePlace();
  const time = dateFormat(locale, timeZone, { timeStyle: 'short' }).format(updatedAt);
  return (
    <div className="up-note" role="status">
      <Icon name="alert" /> <span>{text('stale', { time })}</span>
      <button type="button" className="up-link" onClick={onRetry}>{text('retry')}</button>
    </div>
  );
}

/** Counts down to the next try, which comes by itself. */
export function Waiting({ error }: { error: PortalError }): ReactNode {
  const { text } = usePortal();
  const [until] = useState(() => Date.now() + (error.retryAfterMs ?? 1_000));
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const n = Math.max(1, Math.ceil((until - now) / 1_000));
  return <div className="up-note"><Icon name="clock" /> <span>{text('waiting', { n })}</span></div>;
}

const BARS = [38, 52, 44, 61, 70, 58, 33, 41, 66, 74, 69, 80, 57, 36, 48, 71, 83, 76, 88, 62, 40, 55, 78, 92, 84, 73, 50, 45];

/** The final layout in grey, shown only when loading takes long enough to be seen. */
export function Skeleton({ cards = 0 }: { cards?: number }): ReactNode {
  return (
    <div className="up-skeleton" aria-busy="true">
      {cards > 1 && <SkeletonCards cards={cards} />}
      <div className="up-panel"><div className="up-headline"><SkeletonTotal /></div><SkeletonChart /></div>
    </div>
  );
}

export function SkeletonCards({ cards, allowances = false }: { cards: number; allowances?: boolean }): ReactNode {
  return (
    <div className="up-cards up-appear" aria-hidden="true">
      {Array.from({ length: cards }, (_, at) => (
        <div key={at} className="up-card up-card-empty">
          <span><Bone size="s" /></span>
          <span className="up-card-value"><Bone size="m" /></span>
          <span className="up-spark up-bone" />
          {allowances && <SkeletonAllowance />}
        </div>
      ))}
    </div>
  );
}

export function SkeletonTotal({ allowance = false }: { allowance?: boolean }): ReactNode {
  return (
    <div className="up-total up-appear" aria-hidden="true">
      <p className="up-total-kind"><Bone size="s" /></p>
      <p className="up-total-line"><span className="up-total-value"><Bone size="m" /></span></p>
      {allowance && <SkeletonAllowance />}
    </div>
  );
}

function SkeletonAllowance(): ReactNode {
  return <div className="up-allowance"><span className="up-meter" /><span className="up-allowance-text"><Bone size="m" /></span></div>;
}

/** Stands in a line of text, which keeps its height. */
function Bone({ size }: { size: 's' | 'm' }): ReactNode {
  return <i className={`up-bone up-bone-${size}`} />;
}

export function SkeletonChart(): ReactNode {
  const { text } = usePortal();
  return (
    <div className="up-appear">
      <span className="up-sr" role="status">{text('loading')}</span>
      <svg className="up-skeleton-chart" viewBox="0 0 280 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {BARS.map((height, at) => <rect key={at} x={at * 10 + 1.5} y={100 - height} width="7" height={height} />)}
      </svg>
      <div className="up-foot" aria-hidden="true"><span><Bone size="m" /></span></div>
    </div>
  );
}
