import type { Timeline } from '../api/profile'

/** One bar of the picture: `from` and `to` are its years (the same unless years are drawn together). */
export interface Bar { from: number; to: number; total: number; stack: { event: string; count: number }[] }

/** Years side by side, at most `most` bars: a long life is drawn in steps of 2, 5, 10 or more years. */
export function bars(years: Timeline['years'], kinds: readonly string[], chosen: readonly string[], most: number): Bar[] {
  const shown = kinds.filter((event) => !chosen.length || chosen.includes(event))
  const held = years.filter(({ counts }) => shown.some((event) => counts[event]))
  const first = held[0]?.year, last = held.at(-1)?.year
  if (first === undefined || last === undefined) return []
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((size) => Math.floor(last / size) - Math.floor(first / size) < most) ?? 1000
  const found: Bar[] = []
  for (let from = Math.floor(first / step) * step; from <= last; from += step) {
    const within = held.filter(({ year }) => year >= from && year < from + step)
    const stack = shown.map((event) => ({ event, count: within.reduce((sum, { counts }) => sum + (counts[event] ?? 0), 0) })).filter(({ count }) => count)
    found.push({ from, to: from + step - 1, total: stack.reduce((sum, { count }) => sum + count, 0), stack })
  }
  return found
}

/** What the address says of a profile: the sorts of events that the timeline shows. Unknown ones are left out. */
export function readEvents(search: string, known: readonly string[]): string[] {
  return [...new Set(new URLSearchParams(search).getAll('event'))].filter((event) => known.includes(event))
}

/** The same address with other events; everything else in it stays. */
export function withEvents(search: string, events: readonly string[]): string {
  const query = new URLSearchParams(search)
  query.delete('event')
  for (const event of events) query.append('event', event)
  const text = query.toString()
  return text ? `?${text}` : ''
}

/** Each sort of event has one colour in both themes' palettes, and its name beside it. */
export const EVENT_COLOURS: Record<string, string> = {
  founded: 'var(--accent)', project: 'var(--company)', effort: 'var(--effort)', partnership: 'var(--startup)', membership: 'var(--network)',
  money: 'var(--money)', investment: 'var(--support)', ownership: 'var(--research)', support: 'var(--public)', change: 'var(--warn)', closed: 'var(--ink)',
}
