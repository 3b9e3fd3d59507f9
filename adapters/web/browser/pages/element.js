// Everything that can be set is set before the class is known, as pages do that load it late.
const search = new URLSearchParams(location.search);
const portal = document.querySelector('usage-portal');
window.seen = [];
for (const name of ['ready', 'error', 'token-expired', 'range-change']) portal.addEventListener(`usage-portal:${name}`, () => window.seen.push(name));
portal.setAttribute('url', search.get('api'));
portal.setAttribute('theme', search.get('theme') ?? 'light');
portal.setAttribute('period', '30d');
portal.setAttribute('group-by', 'model');
if (search.get('locale')) portal.setAttribute('locale', search.get('locale'));
portal.fetchToken = () => fetch(`/token?${search.get('mint') ?? 'subject=acme'}`, { method: 'POST' }).then((response) => response.json());
await import('/dist/element.js');
