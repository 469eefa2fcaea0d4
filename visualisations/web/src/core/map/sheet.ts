import { placeLabels, type Placed, type Spot } from './labels'
import type { Dot, Line } from './shown'

/** A picture to take away: what is drawn, and the words around it. */
export interface Sheet {
  width: number
  height: number
  dots: readonly (Dot & { square: boolean })[]
  lines: readonly Line[]
  title: string
  /** The filters in words. */
  subtitle: string
  legend: readonly { text: string; colour: string; square: boolean }[]
  source: readonly string[]
  background: string
  ink: string
  muted: string
}

export const FONT = 'Helvetica Neue, Segoe UI, Roboto, Arial, sans-serif'
export const MARGIN = 18
export const HEAD = 56
const LINE = 17
const KEY_ROW = 20

type Measure = (text: string, size: number) => number

export interface Entry { x: number; y: number; text: string; colour: string; square: boolean }
export interface Laid { labels: Placed[]; entries: Entry[]; source: { y: number; text: string }[]; height: number; subtitle: string }

/** Where the words stand: labels as on the page, the legend in rows below the picture, the sources below that. */
export function lay(sheet: Sheet, measure: Measure): Laid {
  const spots: Spot[] = sheet.dots.map(({ key, x, y, size, label }) => ({ key, x, y, radius: size, text: label, weight: size, strong: false }))
  const labels = placeLabels(spots.filter((spot) => spot.text), spots, {
    width: sheet.width, height: sheet.height, limit: spots.length, fontSize: 12, longest: 34, measure: (text) => measure(text, 12),
  })
  const entries: Entry[] = []
  let [x, y] = [MARGIN, HEAD + sheet.height + 22]
  for (const { text, colour, square } of sheet.legend) {
    const width = 16 + measure(text, 12) + 18
    if (x > MARGIN && x + width > sheet.width - MARGIN) [x, y] = [MARGIN, y + KEY_ROW]
    entries.push({ x, y, text, colour, square })
    x += width
  }
  const room = sheet.width - 2 * MARGIN
  const source = sheet.source.flatMap((text) => wrapped(text, room, (part) => measure(part, 11)))
    .map((text, row) => ({ y: y + 24 + row * LINE, text }))
  return { labels, entries, source, height: (source.at(-1)?.y ?? y) + 14, subtitle: wrapped(sheet.subtitle, room, (part) => measure(part, 12))[0] ?? '' }
}

/** Lines that fit, broken at blanks; a word that does not fit stays whole. */
export function wrapped(text: string, room: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ').filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word
    if (lines.length && measure(longer) <= room) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
