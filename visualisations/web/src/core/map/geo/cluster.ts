import type { Places } from './api'
import type { Point } from './globe'

/** One place with what is there; `row` is its row in what the server gave. */
export interface Spot { row: number; key: string; at: Point; count: number; rough: boolean }
/** Spots that would cover each other at a zoom; the first is the fullest, and gives name and position. */
export interface Cluster { spots: Spot[]; count: number }

/** Least distance of two clusters in px, and the greatest radius. */
export const APART = 46
const radiusOf = (count: number, most: number): number => 6 + 17 * Math.sqrt(count / Math.max(most, 12))
/** Never smaller than its number needs. */
export const radius = (cluster: Cluster, most: number): number =>
  Math.min(APART / 2, Math.max(radiusOf(cluster.count, most), cluster.count > 9 ? 4.5 + 3.2 * String(cluster.count).length : 0))

/** The places that can be drawn, the fullest first; `centre` tells where a country is. */
export function spotsOf(held: Places, unit: (lon: number, lat: number) => Point, centre: (code: string) => Point | null): Spot[] {
  const { key, level, lat, lon, country, organisations, efforts } = held.places
  return key.flatMap((id, row): Spot[] => {
    const [la, lo] = [lat[row] ?? null, lon[row] ?? null]
    const at = la !== null && lo !== null ? unit(lo, la) : centre(country[row] ?? '')
    return at ? [{ row, key: id, at, count: (organisations[row] ?? 0) + (efforts[row] ?? 0), rough: level[row] !== 'town' }] : []
  }).sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
}

/** Greedy by fullness on a grid: each spot joins the nearest fuller one within reach. `scale` is px a unit. */
export function clusters(spots: readonly Spot[], scale: number): Cluster[] {
  const side = APART / scale
  const grid = new Map<string, Cluster[]>()
  const found: Cluster[] = []
  for (const spot of spots) {
    const [column, line] = [Math.floor(spot.at[0] / side), Math.floor(spot.at[1] / side)]
    let near: Cluster | null = null
    let least = side * side
    for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) for (const one of grid.get(`${column + dx} ${line + dy}`) ?? []) {
      const head = one.spots[0] as Spot
      const far = (head.at[0] - spot.at[0]) ** 2 + (head.at[1] - spot.at[1]) ** 2
      if (far < least) { least = far; near = one }
    }
    if (near) { near.spots.push(spot); near.count += spot.count; continue }
    const made = { spots: [spot], count: spot.count }
    found.push(made)
    const cell = `${column} ${line}`
    grid.set(cell, [...(grid.get(cell) ?? []), made])
  }
  return found
}

/** Where the bulk of the things is: the box in units without the outermost `share` of them on each side. */
export function bulk(spots: readonly Spot[], share = 0.06): { low: Point; high: Point } | null {
  if (!spots.length) return null
  const total = spots.reduce((sum, spot) => sum + spot.count, 0)
  const edge = (axis: 0 | 1, way: 1 | -1): number => {
    const sorted = [...spots].sort((a, b) => way * (a.at[axis] - b.at[axis]))
    let seen = 0
    for (const spot of sorted) { seen += spot.count; if (seen >= total * share) return spot.at[axis] }
    return 0
  }
  return { low: [edge(0, 1), edge(1, 1)], high: [edge(0, -1), edge(1, -1)] }
}

/** Places around a point for `count` dots, from the middle outwards as in a sunflower; in px. */
export const sunflower = (count: number, step: number): Point[] =>
  Array.from({ length: count }, (_, i) => {
    const [turn, far] = [i * 2.39996, step * Math.sqrt(i + (count > 1 ? 0.6 : 0))]
    return count === 1 ? [0, 0] : [far * Math.cos(turn), far * Math.sin(turn)]
  })
