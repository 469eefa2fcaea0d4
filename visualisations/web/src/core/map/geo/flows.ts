import type { Flows, Places } from './api'
import type { Level } from './extra'
import type { Point } from './globe'
import type { Spot } from './cluster'

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

/** Where a region is: a town at its spot, a county or country amid its spots; what has none in its middle. */
export function regionsAt(held: Places, level: Level, spots: readonly Spot[], centre: (code: string) => Point | null): (key: string) => Point | null {
  const towns = new Map(spots.map((spot) => [spot.key, spot]))
  const sums = new Map<string, [number, number, number]>()
  for (const spot of spots) {
    const country = held.places.country[spot.row] ?? ''
    const region = level === 'county' ? (held.places.county[spot.row] ?? country) : country
    const sum = sums.get(region) ?? [0, 0, 0]
    sums.set(region, [sum[0] + spot.at[0] * spot.count, sum[1] + spot.at[1] * spot.count, sum[2] + spot.count])
  }
  return (key) => {
    const sum = level === 'town' ? undefined : sums.get(key)
    if (sum) return [sum[0] / sum[2], sum[1] / sum[2]]
    return towns.get(key)?.at ?? (/^[A-Z]{2}$/.test(key) ? centre(key) : null)
  }
}

/** The flows of at least `least` whose ends have a place, the weakest first, so that the strongest lie on top. */
export function linesOf(held: Flows, least: number, at: (key: string) => Point | null): Line[] {
  return held.count.flatMap((count, i): Line[] => {
    const [a, b] = [held.keys[held.a[i] ?? -1], held.keys[held.b[i] ?? -1]]
    const [from, to] = [a && at(a), b && at(b)]
    return count >= least && a && b && from && to ? [{ i, a, b, from, to, count }] : []
  }).reverse()
}

/** A curve in px, bent to the left of its way by a part of its length: the two ways lie apart, and none runs through a town between. */
export function curve([x1, y1]: Point, [x2, y2]: Point): string {
  const [dx, dy] = [x2 - x1, y2 - y1]
  return `M${x1.toFixed(1)},${y1.toFixed(1)}Q${((x1 + x2) / 2 + dy * 0.17).toFixed(1)},${((y1 + y2) / 2 - dx * 0.17).toFixed(1)} ${x2.toFixed(1)},${y2.toFixed(1)}`
}

export const lineWidth = (count: number, most: number): number => 1 + 8 * Math.sqrt(count / Math.max(most, 8))
