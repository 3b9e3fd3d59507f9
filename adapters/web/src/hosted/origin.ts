/**
 * The one origin that may give tokens and hear of sizes: the one that the address names, if it is
 * written as an origin, is among those that the server lists (`*` stands for all), and is that of
 * the page around this one as far as the browser tells. Null where any of it does not hold.
 */
export function hostOrigin(named: string | null, allowed: string, around: string | undefined): string | null {
  if (!named || !/^https?:\/\//.test(named)) return null;
  let origin: string;
  try {
    ({ origin } = new URL(named));
  } catch {
    return null;
  }
  if (origin !== named) return null;
  const list = allowed.split(/\s+/).filter(Boolean);
  if (!list.includes('*') && !list.includes(origin)) return null;
  return around !== undefined && around !== origin ? null : origin;
}
