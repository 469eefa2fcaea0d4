import type { Flows, Places } from './api'
import type { Level } from './extra'
import type { Point } from './globe'
import type { Cluster } from './cluster'

export interface Line { i: number; a: string; b: string; from: Point; to: Point; count: number }
/** So many flows are drawn when nobody says how strong they must be. */
export const USUAL_FLOWS = 24

/** The least count that leaves about `most` flows. */
export const usualLeast = (held: Flows, most = USUAL_FLOWS): number => Math.max(1, held.count[Math.min(most, held.count.length) - 1] ?? 1)

/** Counties where most of what has a place is in one country, else countries. */
export function usualLevel(held: Places): Level {
  const totals = new Map<string, number>()
  held.places.country.forEach((code, row) => totals.set(code ?? '', (totals.get(code ?? '') ?? 0) + (held.places.organisations[row] ?? 0)))
  const all = [...totals.values()].reduce((sum, one) => sum + one, 0)
  return Math.max(0, ...totals.values()) > all * 0.6 ? 'county' : 'country'
}

/** An end of a line, and the circle that it lies under. */
export interface End { at: Point; circle: Cluster | null }

/**
 * Where a region is: where its town is, or of a county or country the fullest of its spots; what has none in its middle.
 * No end is further from the middle of its circle than `reach` (in units): lines end at circles, and not all in one point.
 */
export function regionsAt(held: Places, level: Level, drawn: readonly Cluster[], reach: (cluster: Cluster) => number, centre: (code: string) => Point | null): (key: string) => End | null {
  const found = new Map<string, End & { count: number }>()
  for (const circle of drawn) for (const { row, key, count, at } of circle.spots) {
    const country = held.places.country[row] ?? ''
    for (const region of [key, ...(level === 'town' ? [] : [level === 'county' ? (held.places.county[row] ?? country) : country])])
      if (count > (found.get(region)?.count ?? -1)) found.set(region, { at: under(circle.spots[0]?.at ?? at, at, reach(circle)), circle, count })
  }
  return (key) => {
    const at = /^[A-Z]{2}$/.test(key) ? centre(key) : null
    return found.get(key) ?? (at && { at, circle: null })
  }
}

function under([x, y]: Point, [toX, toY]: Point, reach: number): Point {
  const part = Math.min(1, reach / (Math.hypot(toX - x, toY - y) || 1))
  return [x + (toX - x) * part, y + (toY - y) * part]
}

/** The flows of at least `least` whose ends lie in places apart, the weakest first, so that the strongest lie on top. */
export function linesOf(held: Flows, least: number, at: (key: string) => End | null): Line[] {
  return held.count.flatMap((count, i): Line[] => {
    const [a, b] = [held.keys[held.a[i] ?? -1], held.keys[held.b[i] ?? -1]]
    const [from, to] = [a ? at(a) : null, b ? at(b) : null]
    return count >= least && a && b && from && to && (from.circle !== to.circle || !from.circle) ? [{ i, a, b, from: from.at, to: to.at, count }] : []
  }).reverse()
}

/** A curve in px, bent to the left of its way by a part of its length: the two ways lie apart, and none runs through a town between. */
export function curve([x1, y1]: Point, [x2, y2]: Point): string {
  const [dx, dy] = [x2 - x1, y2 - y1]
  return `M${x1.toFixed(1)},${y1.toFixed(1)}Q${((x1 + x2) / 2 + dy * 0.17).toFixed(1)},${((y1 + y2) / 2 - dx * 0.17).toFixed(1)} ${x2.toFixed(1)},${y2.toFixed(1)}`
}

export const lineWidth = (count: number, most: number): number => 1 + 8 * Math.sqrt(count / Math.max(most, 8))
