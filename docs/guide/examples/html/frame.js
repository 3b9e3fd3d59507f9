usagePortal.mount('#usage', {
  fetchToken: () => fetch('/api/usage-token', { method: 'POST' }).then((response) => response.json()),
  period: '30d',
  theme: 'light',
});
