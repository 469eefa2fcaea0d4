import type { Table } from './result'
import { isNumber, type Term } from './terms'

export interface Bar { label: Term; also: Term[]; value: number }
/** Bars of an answer with a label and a number; `left` more rows are not drawn. */
export interface Chart { label: string; value: string; bars: Bar[]; left: number }

const MOST = 40

/** The last column of numbers is measured, those that are no numbers name the bars (a thing has its name already); null when there are none. */
export function chartOf(table: Table, most = MOST): Chart | null {
  if (table.kind !== 'select' || table.rows.length === 0) return null
  const numeric = table.columns.map((_, i) => table.rows.some((row) => row[i]) && table.rows.every((row) => !row[i] || isNumber(row[i])))
  const words = table.columns.map((_, i) => i).filter((i) => !numeric[i] && table.rows.some((row) => row[i]))
  const numbers = table.columns.map((_, i) => i).filter((i) => numeric[i])
  // A year beside a count is a label, too: the last number is what is measured.
  const value = numbers.at(-1)
  const labels = words.length ? words : numbers.slice(0, -1)
  const first = labels[0]
  if (value === undefined || first === undefined) return null
  const bars = table.rows.flatMap((row): Bar[] => {
    const measured = row[value]
    const label = row[first]
    if (!measured || !label) return []
    return [{ label, also: labels.slice(1).flatMap((i) => { const term = row[i]; return term && (label.type !== 'uri' || term.type === 'uri') ? [term] : [] }), value: Number(measured.value) }]
  })
  return bars.length ? { label: table.columns[first] ?? '', value: table.columns[value] ?? '', bars: bars.slice(0, most), left: Math.max(0, bars.length - most) } : null
}
