/**
 * Types of `<usage-portal>` in React's JSX; importing this does nothing else. Attributes are written
 * as in HTML. React 19 hands objects and functions to the element as properties; with React 18, set
 * those by a `ref`.
 */
import type { UsagePortalElement } from './element/index.js';

type Properties = Partial<Pick<UsagePortalElement, 'fetchToken' | 'strings' | 'appearance' | 'labels' | 'view' | 'data' | 'fetch'>>;

export interface UsagePortalAttributes extends Properties {
  url?: string;
  token?: string;
  meter?: string;
  meters?: string;
  label?: string;
  'group-by'?: string;
  locale?: string;
  'time-zone'?: string;
  theme?: 'light' | 'dark' | 'auto';
  period?: string;
  live?: 'off';
  id?: string;
  class?: string;
  className?: string;
  style?: object;
  slot?: string;
  key?: string | number | null;
  ref?: ((element: UsagePortalElement | null) => void) | { current: UsagePortalElement | null } | null;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'usage-portal': UsagePortalAttributes;
    }
  }
}

declare global {
  namespace JSX {
    interface IntrinsicElements {
      'usage-portal': UsagePortalAttributes;
    }
  }
}
