import { createContext, useContext, useEffect, useState, type CSSProperties, type ReactNode } from 'react';
import { usePortal } from './context.js';
import { useSession } from './queries.js';
import { chartDirectionOf, directionOf } from './strings.js';

const Inside = createContext(false);

/** What the session, the browser and the page say about place and language, the page first. */
export interface Place {
  locale: string | undefined;
  direction: 'ltr' | 'rtl';
  chartDirection: 'ltr' | 'rtl';
  timeZone: string;
  browserZone: string | undefined;
}

/** The browser's own are asked for after the first render only, so that a server renders the same. */
export function usePlace(): Place {
  const portal = usePortal();
  const { data: session } = useSession();
  const [browser, setBrowser] = useState<{ locale: string; zone: string }>();
  useEffect(() => {
    setBrowser({ locale: navigator.language, zone: new Intl.DateTimeFormat().resolvedOptions().timeZone });
  }, []);
  const locale = portal.locale ?? session?.locale ?? browser?.locale;
  return {
    locale,
    direction: directionOf(locale),
    chartDirection: portal.chartDirection ?? chartDirectionOf(locale),
    timeZone: portal.timeZone ?? session?.timeZone ?? browser?.zone ?? 'UTC',
    browserZone: browser?.zone,
  };
}

/** Whether effects have run, so that a clock or a browser may be asked. */
export function useMounted(): boolean {
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return mounted;
}

/** The element that carries theme, language and direction; parts within another one need none. */
export function Root({ children, className = '' }: { children: ReactNode; className?: string }): ReactNode {
  const { appearance, theme = 'auto' } = usePortal();
  const { locale, direction } = usePlace();
  if (useContext(Inside)) return children;
  const variables = Object.fromEntries(
    Object.entries(appearance?.variables ?? {}).map(([name, value]) => [customProperty(name), value]));
  return (
    <Inside.Provider value={true}>
      <div className={`up-root ${className} ${appearance?.className ?? ''}`.trim()} part="root" data-theme={theme} dir={direction}
        {...(locale && { lang: locale })} style={variables as CSSProperties}>
        <div className="up-page">{children}</div>
      </div>
    </Inside.Provider>
  );
}

/** `colorPrimary` to `--up-color-primary`, `series1` to `--up-series-1`. */
export function customProperty(name: string): string {
  return `--up-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/([a-z])(\d)/, '$1-$2')}`;
}
