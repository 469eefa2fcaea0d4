import type { Table } from './result'
import type { Term } from './terms'

/** Things that an answer names, and which of them stand in one row. */
export interface Dot { id: string; term: Term; links: number; x: number; y: number }
export interface Line { a: number; b: number; words: string }
export interface Net { dots: Dot[]; lines: Line[]; left: number }

const MOST = 80

/**
 * The network of an answer whose rows name two things or more: the first column of things is tied to each other one of the
 * row; triples tie subject and object. Null when no row has two. Of more than `most` things the best connected are kept.
 */
export function netOf(table: Table, isThing: (term: Term) => boolean, most = MOST): Net | null {
  const found = new Map<string, { term: Term; others: Set<string> }>()
  const words = new Map<string, string>()
  const at = (term: Term): { term: Term; others: Set<string> } => {
    const held = found.get(term.value) ?? { term, others: new Set<string>() }
    found.set(term.value, held)
    return held
  }
  for (const row of table.rows) {
    const cells = table.kind === 'triples' ? [row[0], row[2]] : row
    const things = cells.flatMap((term, i) => (term && isThing(term) ? [{ term, i }] : []))
    const [first, ...rest] = things
    if (!first) continue
    for (const other of rest) {
      if (other.term.value === first.term.value) continue
      at(first.term).others.add(other.term.value)
      at(other.term).others.add(first.term.value)
      words.set(pair(first.term.value, other.term.value), table.kind === 'triples' ? (row[1]?.value ?? '') : (table.columns[other.i] ?? ''))
    }
  }
  if (!found.size) return null
  const kept = [...found].sort(([a, x], [b, y]) => y.others.size - x.others.size || (a < b ? -1 : 1)).slice(0, most)
  const place = new Map(kept.map(([id], i) => [id, i]))
  const lines: Line[] = []
  for (const [id, { others }] of kept) {
    for (const other of others) {
      const a = place.get(id) as number
      const b = place.get(other)
      if (b !== undefined && a < b) lines.push({ a, b, words: words.get(pair(id, other)) ?? '' })
    }
  }
  const dots = kept.map(([id, { term, others }]): Dot => ({ id, term, links: others.size, x: 0, y: 0 }))
  arrange(dots, lines)
  return { dots, lines, left: found.size - kept.length }
}

/** Whether some row names two things, without drawing it. */
export const hasNet = (table: Table, isThing: (term: Term) => boolean): boolean =>
  table.rows.some((row) => new Set((table.kind === 'triples' ? [row[0], row[2]] : row).flatMap((term) => (term && isThing(term) ? [term.value] : []))).size > 1)

const pair = (a: string, b: string): string => (a < b ? `${a}\n${b}` : `${b}\n${a}`)

/** Springs and repulsion from a spiral, always the same for the same graph; coordinates fit into -1..1. */
function arrange(dots: Dot[], lines: readonly Line[]): void {
  const ideal = 1.6 / Math.sqrt(Math.max(1, dots.length))
  dots.forEach((dot, i) => {
    const turn = i * 2.39996
    const reach = Math.sqrt((i + 0.5) / dots.length)
    dot.x = reach * Math.cos(turn)
    dot.y = reach * Math.sin(turn)
  })
  for (let step = 0; step < 260; step++) {
    const heat = 0.09 * (1 - step / 260) + 0.002
    const moves = dots.map(() => ({ x: 0, y: 0 }))
    for (let i = 0; i < dots.length; i++) for (let j = i + 1; j < dots.length; j++) push(dots, moves, i, j, (distance) => (ideal * ideal) / distance)
    for (const { a, b } of lines) push(dots, moves, a, b, (distance) => -(distance * distance) / ideal)
    dots.forEach((dot, i) => {
      const move = moves[i] as { x: number; y: number }
      move.x -= dot.x * 0.12
      move.y -= dot.y * 0.12
      const length = Math.hypot(move.x, move.y) || 1
      dot.x += (move.x / length) * Math.min(length, heat)
      dot.y += (move.y / length) * Math.min(length, heat)
    })
  }
  for (const axis of ['x', 'y'] as const) {
    const values = dots.map((dot) => dot[axis])
    const low = Math.min(...values)
    const span = Math.max(...values) - low || 1
    for (const dot of dots) dot[axis] = dots.length === 1 ? 0 : ((dot[axis] - low) / span) * 2 - 1
  }
}

function push(dots: readonly Dot[], moves: { x: number; y: number }[], i: number, j: number, force: (distance: number) => number): void {
  const a = dots[i] as Dot
  const b = dots[j] as Dot
  const x = a.x - b.x
  const y = a.y - b.y
  const distance = Math.max(0.01, Math.hypot(x, y))
  const by = force(distance) / distance
  ;(moves[i] as { x: number; y: number }).x += x * by
  ;(moves[i] as { x: number; y: number }).y += y * by
  ;(moves[j] as { x: number; y: number }).x -= x * by
  ;(moves[j] as { x: number; y: number }).y -= y * by
}
