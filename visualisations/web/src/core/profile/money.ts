import type { MoneyPart, MoneyYear, Way } from '../api/profile'
import { cell } from './csv'

export interface MoneyBar { year: number; in: number; out: number; blind: number }

/** Dated years as bars in euro; `blind` counts the payments of the year whose amount nobody states. */
export const moneyBars = (years: readonly MoneyYear[]): MoneyBar[] =>
  years.flatMap((row) => (row.year === null ? [] : [{ year: row.year, in: row.in_eur ?? 0, out: row.out_eur ?? 0, blind: row.in_unknown + row.out_unknown }]))

/** The directions in which there is any payment. */
export const ways = (part: MoneyPart): Way[] => [...(part.received.rows ? ['in' as const] : []), ...(part.paid.rows ? ['out' as const] : [])]

/** Years in which there is a payment, the newest first, what nobody dates last. */
export const yearsTold = (years: readonly MoneyYear[]): MoneyYear[] =>
  years.filter((row) => row.in_rows + row.out_rows).sort((a, b) => Number(a.year === null) - Number(b.year === null) || (b.year ?? 0) - (a.year ?? 0))

/** The table by year (RFC 4180): year, then for each direction payments, euro, and those without an amount. */
export function yearsCsv(years: readonly MoneyYear[], heads: readonly string[]): string {
  const lines = yearsTold(years).map((row) => [row.year, row.in_rows, row.in_eur, row.in_unknown, row.out_rows, row.out_eur, row.out_unknown])
  return [heads, ...lines].map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n'
}
