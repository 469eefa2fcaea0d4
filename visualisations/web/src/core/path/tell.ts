import type { Hop, Tied, Ways } from '../api/gaps'
import { i18n } from '../i18n/i18n.svelte'
import { p } from './words'

/** "2016–2021", "since 2020" where it goes on or nobody says when it ended, or that no year is known. */
export function yearsOf(first: number | null, last: number | null, goesOn = false): string {
  if (first === null) return last === null ? p('noYear') : `–${last}`
  if (goesOn || last === null) return p('since', { year: first })
  return first === last ? String(first) : p('between', { from: first, to: last })
}
export const hopYears = (hop: Hop): string => yearsOf(hop.first_year, hop.last_year, hop.ties.some((tie) => tie.start !== null && tie.end === null))
export const tieYears = (tie: Tied): string => yearsOf(tie.start, tie.end)

/** The organisations of a way in their order: "KTH → Scania → Northvolt". */
export const names = (path: Ways['paths'][number]): string => {
  const first = path.hops[0]
  return first ? [first.a, ...path.hops.map((hop) => hop.b)].map((actor) => i18n.pick(actor.name)).join(' → ') : ''
}

/** The mark of a step in the address of the page, for what leads from the picture to the list. */
export const hopId = (hop: Hop): string => `hop-${[hop.a.key, hop.b.key].sort().join('--').replace(/[^\w-]+/g, '_')}`
