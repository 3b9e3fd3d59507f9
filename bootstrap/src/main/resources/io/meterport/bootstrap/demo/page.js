// What an application does to show a customer its usage; the choices on top are for trying it out.
const { customer, locale, theme } = document.forms[0].elements;
let mounted;

async function fetchToken() {
  const response = await fetch('/usage-token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customer: customer.value }),
  });
  if (!response.ok) throw new Error(`No token: ${response.status}`);
  return response.json();
}

function show() {
  mounted?.destroy();
  document.documentElement.dataset.theme = theme.value;
  mounted = usagePortal.mount('#usage', {
    fetchToken,
    title: 'Usage',
    theme: theme.value,
    locale: locale.value,
    meters: 'tokens_total,prompts,sessions,slowest_ms',
    'group-by': 'model',
  });
}

document.forms[0].addEventListener('change', show);
document.forms[0].addEventListener('submit', (event) => event.preventDefault());
show();
