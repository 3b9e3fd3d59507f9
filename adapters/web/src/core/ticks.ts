/** Round values from below the least to above the greatest, the tightest set of four to six. */
export function ticksOf(least: number, greatest: number, whole = false): number[] {
  const low = Math.min(0, least);
  const high = Math.max(0, greatest);
  if (high === low) return [0, 1];
  let best: number[] | undefined;
  let bestWaste = Infinity;
  for (const intervals of [4, 5, 3]) {
    const step = stepFor((high - low) / intervals, whole);
    const first = Math.floor(low / step + 1e-9);
    const last = Math.ceil(high / step - 1e-9);
    const waste = (last - first) * step - (high - low);
    if (last - first <= 6 && waste < bestWaste - 1e-9 * (high - low)) {
      bestWaste = waste;
      best = Array.from({ length: last - first + 1 }, (_, at) => clean((first + at) * step));
    }
  }
  return best ?? [low, high];
}

function stepFor(raw: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw * (1 - 1e-9))! * power;
  return whole ? Math.max(1, Math.ceil(step)) : step;
}

/** Takes away what doubles add: 0.30000000000000004 is not a label. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
