import { useEffect, useState } from 'react';
import type { Strings } from '../react/strings.js';

const LOADERS: Record<string, () => Promise<{ strings: Strings }>> = {
  de: () => import('../locales/de.js'),
  fr: () => import('../locales/fr.js'),
  es: () => import('../locales/es.js'),
  'pt-BR': () => import('../locales/pt-BR.js'),
  ja: () => import('../locales/ja.js'),
  'zh-Hans': () => import('../locales/zh-Hans.js'),
  ar: () => import('../locales/ar.js'),
};

/** Loads the texts of a language when they are first needed; until then English stands in. */
export function stringsFor(locale: string | undefined): Strings | undefined {
  const [loaded, setLoaded] = useState<{ name: string; strings: Strings }>();
  const wanted = nameOf(locale ?? globalThis.navigator?.language);
  useEffect(() => {
    let current = true;
    void LOADERS[wanted]?.().then(({ strings }) => current && setLoaded({ name: wanted, strings }));
    return () => {
      current = false;
    };
  }, [wanted]);
  return loaded?.name === wanted ? loaded.strings : undefined;
}

function nameOf(locale: string | undefined): string {
  const language = locale?.split('-')[0] ?? 'en';
  if (language === 'pt') return 'pt-BR';
  return language === 'zh' ? 'zh-Hans' : language;
}
