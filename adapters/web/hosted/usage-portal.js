import './assets/usage-portal.09639000.js';
