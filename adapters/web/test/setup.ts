import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(() => {
  cleanup();
  globalThis.localStorage?.clear();
});

// jsdom has no layout and no files.
URL.createObjectURL ??= () => 'blob:test';
URL.revokeObjectURL ??= () => {};
configure({ asyncUtilTimeout: 4_000, getElementError: (message) => new Error(message?.split('\n\n')[0]) });

// Hundreds of options make finding anything by its role slow.
Intl.supportedValuesOf = ((kind: 'timeZone' | 'currency') =>
  (kind === 'timeZone' ? ['America/New_York', 'Asia/Tokyo', 'Europe/Berlin'] : ['EUR', 'USD'])) as typeof Intl.supportedValuesOf;
