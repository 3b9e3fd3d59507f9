import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Branded } from './branded';
import { Guide } from './guide';
import { Usage } from './usage';

const PAGES: Record<string, () => React.ReactNode> = { '/branded': Branded, '/guide': Guide };
const Page = PAGES[location.pathname] ?? Usage;

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
