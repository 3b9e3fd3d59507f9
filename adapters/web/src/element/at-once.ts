import { Board } from '../react/board.js';

const data = { Board };

/** The build puts this in the place of `react/later.ts`: the element is one file with everything. */
export function useDrawing() {
  return { data, error: undefined, refetch: () => {} };
}
