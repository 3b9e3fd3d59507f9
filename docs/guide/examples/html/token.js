document.querySelector('usage-portal').fetchToken = async () => {
  const response = await fetch('/api/usage-token', { method: 'POST' });
  if (!response.ok) throw new Error(`No token: ${response.status}`);
  return response.json();
};
