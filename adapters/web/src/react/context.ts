import type { QueryClient } from '@tanstack/query-core';
import { createContext, useContext } from 'react';
import type { UsageSource } from '../core/client.js';
import type { LiveUpdates } from '../core/live.js';
import type { ColourBook } from '../core/series.js';
import type { Strings, Text, Translate } from './strings.js';

export type Theme = 'light' | 'dark' | 'auto';

/** Camel case names of the custom properties: `colorPrimary` is `--up-color-primary`. */
export interface Appearance {
  variables?: Readonly<Record<string, string>>;
  /** Further class names for the root. */
  className?: string;
}

/** Names to show: of dimensions under their key, of their values under `key` and value. */
export type Labels = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export interface Look {
  locale?: string | undefined;
  timeZone?: string | undefined;
  strings?: Partial<Strings> | undefined;
  translate?: Translate | undefined;
  appearance?: Appearance | undefined;
  theme?: Theme | undefined;
  /** Overrides the direction in which time runs. */
  chartDirection?: 'ltr' | 'rtl' | undefined;
  labels?: Labels | undefined;
}

/** @internal */
export interface Portal extends Look {
  source: UsageSource | null;
  queries: QueryClient;
  live: LiveUpdates | null;
  /** How often to ask where nothing is told; 0 never. */
  intervalMillis: number;
  text: Text;
  colours: Map<string, ColourBook>;
  onTokenExpired: (() => void) | undefined;
}

/** @internal */
export const PortalContext = createContext<Portal | null>(null);

/** @internal */
export function usePortal(): Portal {
  const portal = useContext(PortalContext);
  if (!portal) throw new Error('This needs a UsagePortalProvider around it.');
  return portal;
}
