/** Where Meterport is; vite.config.ts puts it here. */
declare const METERPORT_URL: string;
