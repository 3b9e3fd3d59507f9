import { useEffect, useState, type ReactNode } from 'react';
import { usePortal } from './context.js';
import { useDrawing } from './later.js';
import { useSession, useTokenStatus } from './queries.js';
import { Root, useMounted } from './root.js';
import { ErrorPanel, SessionOver, Skeleton, Waiting } from './states.js';
import type { View } from './view.js';

export interface UsageDashboardProps {
  /** Which meters, and in which order; all that the token may read unless given. */
  meters?: readonly string[] | undefined;
  title?: ReactNode;
  /** Where to begin; the reader moves on from there. */
  defaultView?: Partial<View> | undefined;
  onViewChange?: ((view: View) => void) | undefined;
  /** Once there is something to see. */
  onReady?: (() => void) | undefined;
  /** Groups to show by themselves; all others become one. */
  top?: number | undefined;
  /** The heading's level, to fit into your page. */
  headingLevel?: 1 | 2 | 3 | 4 | undefined;
  className?: string | undefined;
}

/** Everything at once: meters, totals, chart, table, filters, export. */
export function UsageDashboard(props: UsageDashboardProps): ReactNode {
  const { source } = usePortal();
  const mounted = useMounted();
  const status = useTokenStatus();
  const session = useSession();
  const drawing = useDrawing();
  const [view, setView] = useState<Partial<View>>(props.defaultView ?? {});
  const over = status === 'expired' || status === 'ended';
  const cards = props.meters?.length ?? session.data?.meters.length;
  const Board = mounted && source ? drawing.data?.Board : undefined;
  const ready = !!session.data && !!Board;
  useEffect(() => {
    if (ready) props.onReady?.();
  }, [ready]);
  return (
    <Root className={props.className ?? ''}>
      {over && mounted ? <SessionOver status={status} />
        : session.data && Board ? <Board {...props} session={session.data} view={view} setView={setView} />
          : session.error ? <ErrorPanel error={session.error} onRetry={session.refetch} />
            : drawing.error ? <ErrorPanel error={drawing.error} onRetry={drawing.refetch} />
              : <>{session.waiting && <Waiting key={session.waiting.tries} error={session.waiting.error} />}<Skeleton cards={cards ?? 0} /></>}
    </Root>
  );
}
