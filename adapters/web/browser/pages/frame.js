const search = new URLSearchParams(location.search);
const script = document.createElement('script');
script.src = `${search.get('api')}/portal/embed.js`;
window.messages = [];
window.reasons = [];
script.onload = () => {
  window.mounted = window.usagePortal.mount('#usage', {
    fetchToken: async (reason) => {
      window.reasons.push(reason);
      return (await fetch(`/token?${search.get('mint') ?? 'subject=acme'}`, { method: 'POST' })).json();
    },
    meters: 'tokens', theme: 'light', onMessage: ({ type }) => window.messages.push(type),
  });
};
document.head.append(script);
