import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { sendToken } from './backend';

const meterport = process.env.METERPORT_URL ?? 'http://127.0.0.1:8888';

export default defineConfig({
  define: { METERPORT_URL: JSON.stringify(meterport) },
  plugins: [
    react(),
    {
      // Your own backend does this; here, Vite's servers stand in for it.
      name: 'backend',
      configureServer: ({ middlewares }) => void middlewares.use('/api/usage-token', sendToken),
      configurePreviewServer: ({ middlewares }) => void middlewares.use('/api/usage-token', sendToken),
    },
  ],
});
