import './assets/usage-portal.D88D6349.js';
