import './meterport/element.js';
import './token.js';

const portal = document.querySelector('usage-portal');
portal.addEventListener('usage-portal:token-expired', () => location.reload());
