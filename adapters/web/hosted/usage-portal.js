import './assets/usage-portal.UGC4LIQM.js';
