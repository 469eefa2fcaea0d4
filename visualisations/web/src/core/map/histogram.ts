import type { Facets } from '../api/types'

export interface Bar { year: number; count: number }
/** So many years are drawn; those before share the first bar: the oldest universities are from the 1400s. */
const DRAWN = 40

/** One bar a year, the last 41 years in which anything is active, without a gap. */
export function bars(years: Facets['years']): Bar[] {
  const counted = years.filter((row) => row.count > 0)
  if (!counted.length) return []
  const last = Math.max(...counted.map((row) => row.year))
  const first = Math.max(Math.min(...counted.map((row) => row.year)), last - DRAWN)
  const found = Array.from({ length: last - first + 1 }, (_, i) => ({ year: first + i, count: 0 }))
  for (const row of counted) {
    const bar = found[Math.max(0, row.year - first)]
    if (bar) bar.count = row.year < first ? Math.max(bar.count, row.count) : row.count
  }
  return found
}

export type End = 'low' | 'high'
/** Where a key moves a handle; null for a key that moves none. The ends do not pass each other. */
export function moved(key: string, end: End, [low, high]: readonly [number, number], [first, last]: readonly [number, number]): number | null {
  const now = end === 'low' ? low : high
  const to: Record<string, number> = {
    ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, PageDown: now - 5, PageUp: now + 5,
    Home: end === 'low' ? first : low, End: end === 'low' ? high : last,
  }
  const wanted = to[key]
  if (wanted === undefined) return null
  return end === 'low' ? Math.max(first, Math.min(wanted, high)) : Math.min(last, Math.max(wanted, low))
}
