import type { ReactNode } from 'react';

const PATHS = {
  chevron: 'm4 6 4 4 4-4',
  back: 'm10 3-5 5 5 5',
  download: 'M8 2v8m0 0 3-3m-3 3L5 7M3 13h10',
  chart: 'M3 13V8m5 5V3m5 10V6',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M7 6.5v6',
  compare: 'M2 11c3-6 4-6 6-3s3 2 6-4',
  cumulative: 'M2 13h3v-3h3V7h3V3h3',
  filter: 'M2.5 4h11M5 8h6M7 12h2',
  close: 'm4 4 8 8m0-8-8 8',
  empty: 'M3 13V9m5 4V5m5 8v-3',
  alert: 'M8 4.5v4.5m0 2.5v.1M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  clock: 'M8 4.5V8l2.5 1.5M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z',
  sort: 'M5 3v10m0 0 2.5-2.5M5 13l-2.5-2.5M11 13V3m0 0L8.5 5.5M11 3l2.5 2.5',
  pause: 'M5.5 4v8m5-8v8',
};

export function Icon({ name, className = '' }: { name: keyof typeof PATHS; className?: string }): ReactNode {
  return (
    <svg className={`up-icon ${className}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
