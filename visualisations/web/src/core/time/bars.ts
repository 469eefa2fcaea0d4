import { EVENT_KINDS, type EventKind, type Period } from '../api/time'

/** What begins is drawn above the line, what ends below it. */
export const ABOVE: readonly EventKind[] = ['begun', 'funded', 'founded', 'partnered']
export const BELOW: readonly EventKind[] = ['ended', 'closed', 'parted']
/** More years than these are a row of hairs: who wants the earlier ones asks for them. */
export const MOST_YEARS = 40

export interface Part { kind: EventKind; from: number; to: number; count: number }
export interface Bar { period: string; total: number; parts: Part[]; row: Period }
export interface Chart { bars: Bar[]; up: number; down: number; earlier: number }

const next = (period: string): string => {
  const [year = 0, month] = period.split('-').map(Number)
  if (month === undefined) return String(year + 1).padStart(4, '0')
  return month === 12 ? `${String(year + 1).padStart(4, '0')}-01` : `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}`
}

/** One bar for every period from the first to the last, empty ones too; without a chosen beginning at most forty years. */
export function chart(rows: readonly Period[], by: 'year' | 'month', from: number | null): Chart {
  const last = rows.at(-1)?.period
  if (!last) return { bars: [], up: 0, down: 0, earlier: 0 }
  const years = by === 'year' ? MOST_YEARS : 5
  const limit = from === null ? String(Number(last.slice(0, 4)) - years).padStart(4, '0') : '0000'
  const shown = rows.filter((row) => row.period >= limit)
  const earlier = rows.filter((row) => row.period < limit).reduce((sum, row) => sum + total(row), 0)
  const byPeriod = new Map(shown.map((row) => [row.period, row]))
  const bars: Bar[] = []
  for (let period = shown[0]?.period ?? last; period <= last; period = next(period)) {
    const row = byPeriod.get(period) ?? { period, counts: {}, eur: null, stated: 0 }
    bars.push({ period, total: total(row), parts: parts(row), row })
  }
  const height = (side: 1 | -1): number => Math.max(0, ...bars.map((bar) => Math.max(0, ...bar.parts.map((part) => side * part.to))))
  return { bars, up: height(1), down: height(-1), earlier }
}

/** The same bars with the known money of each period in euro; what nobody states is in no bar, never 0. */
export function moneyChart(of: Chart): Chart {
  const bars = of.bars.map((bar): Bar => {
    const eur = bar.row.eur ?? 0
    return { ...bar, parts: eur > 0 ? [{ kind: 'funded', from: 0, to: eur, count: eur }] : [] }
  })
  return { ...of, bars, up: Math.max(0, ...bars.map((bar) => bar.row.eur ?? 0)), down: 0 }
}

/** The years from one bar to another, in whichever direction the pointer went. */
export function yearsBetween(bars: readonly Bar[], one: number, other: number): [number, number] | null {
  const [low, high] = [bars[Math.min(one, other)], bars[Math.max(one, other)]]
  return low && high ? [Number(low.period.slice(0, 4)), Number(high.period.slice(0, 4))] : null
}

const total = (row: Period): number => EVENT_KINDS.reduce((sum, kind) => sum + (row.counts[kind] ?? 0), 0)

/** Stacked from the line: `from` is nearer to it; below the line both are negative. */
function parts(row: Period): Part[] {
  const stacked = (kinds: readonly EventKind[], side: 1 | -1): Part[] => {
    let at = 0
    return kinds.flatMap((kind) => {
      const count = row.counts[kind] ?? 0
      const part = { kind, from: side * at, to: side * (at + count), count }
      at += count
      return count ? [part] : []
    })
  }
  return [...stacked(ABOVE, 1), ...stacked(BELOW, -1)]
}

/** Round numbers for the lines of the scale, at most about five on the larger side. */
export function ticks(up: number, down: number): number[] {
  const most = Math.max(up, down, 1)
  const power = 10 ** Math.floor(Math.log10(most / 4 || 1))
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => most / n <= 5) ?? most)
  const found: number[] = []
  for (let at = 0 - Math.floor(down / step); at <= Math.floor(up / step); at++) found.push(at * step)
  return found
}
