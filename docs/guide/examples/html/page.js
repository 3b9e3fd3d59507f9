import './meterport/element.js';

const portal = document.querySelector('usage-portal');

portal.fetchToken = async () => {
  const response = await fetch('/api/usage-token', { method: 'POST' });
  if (!response.ok) throw new Error(`No token: ${response.status}`);
  return response.json();
};

portal.addEventListener('usage-portal:token-expired', () => location.reload());
