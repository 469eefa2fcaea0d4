import type { Point } from './shown'

/** A click is no lasso: less than this many px across selects nothing. */
const LEAST = 6
/** Points nearer than this to the one before say nothing new. */
const STEP = 3

export const longer = (line: readonly Point[], to: Point): readonly Point[] => {
  const last = line.at(-1)
  return last && Math.hypot(to.x - last.x, to.y - last.y) < STEP ? line : [...line, to]
}

export function isDrawn(line: readonly Point[]): boolean {
  const across = (values: number[]): number => Math.max(...values) - Math.min(...values)
  return line.length > 2 && across(line.map((point) => point.x)) >= LEAST && across(line.map((point) => point.y)) >= LEAST
}

/** As SVG writes a closed line. */
export const pathOf = (line: readonly Point[]): string =>
  line.length ? `M${line.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`).join('L')}Z` : ''

/** The dot under a point, the nearest when there are several; `reach` px beside it still count. */
export function dotAt<Dot extends Point & { size: number }>(dots: Iterable<Dot>, { x, y }: Point, reach = 2): Dot | null {
  let [found, best] = [null as Dot | null, Infinity]
  for (const dot of dots) {
    const distance = Math.hypot(dot.x - x, dot.y - y)
    if (distance <= dot.size + reach && distance < best) [found, best] = [dot, distance]
  }
  return found
}
