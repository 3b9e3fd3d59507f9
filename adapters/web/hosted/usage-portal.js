import './assets/usage-portal.63162F16.js';
