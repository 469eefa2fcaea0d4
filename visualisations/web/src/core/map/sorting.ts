import type { Column, Order } from '../filter'
import type { Row } from './model'


/** Numbers begin with the greatest, words with A. A second choice of the same column turns the order. */
export const nextOrder = (order: Order, column: Column): Order =>
  order.column === column ? { column, descending: !order.descending } : { column, descending: column === 'links' || column === 'since' }

/** Rows without a value stand last in both directions; equal rows stand by name. */
export function sortRows(rows: readonly Row[], order: Order, lang: string, label: (row: Row) => string | number | null): Row[] {
  const collator = new Intl.Collator(lang, { numeric: true })
  const sign = order.descending ? -1 : 1
  const cells = new Map(rows.map((row) => [row.key, label(row)]))
  return [...rows].sort((a, b) => {
    const x = cells.get(a.key) ?? null
    const y = cells.get(b.key) ?? null
    if (x === null || y === null) return x === y ? collator.compare(a.name, b.name) : x === null ? 1 : -1
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y))
    return order ? sign * order : collator.compare(a.name, b.name)
  })
}
