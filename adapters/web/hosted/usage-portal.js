import './assets/usage-portal.9B3E8C2F.js';
