import './assets/usage-portal.14A2EC0C.js';
