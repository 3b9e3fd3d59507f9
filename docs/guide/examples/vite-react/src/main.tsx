import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Usage } from './usage';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Usage />
  </StrictMode>,
);
