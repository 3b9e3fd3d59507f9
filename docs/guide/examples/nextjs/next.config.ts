import type { NextConfig } from 'next';

const config: NextConfig = {
  turbopack: { root: __dirname },
};

export default config;
