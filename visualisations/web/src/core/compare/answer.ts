import { ask } from '../api/client'
import type { Pair, Proven, Ref } from '../api/types'
import type { Money } from '../flows/answer'

export type Sort = 'region' | 'technology' | 'network' | 'organisation'
export type FigureId = 'organisations' | 'partners' | 'projects' | 'projectsEach' | 'technologies' | 'got' | 'gotEach' | 'gave'
export type FacetId = 'organisations' | 'partners' | 'technologies' | 'funders' | 'projects' | 'arenas'

/** Null is what nobody knows, never 0. */
export interface Figure { id: FigureId; unit: 'count' | 'eur' | 'ratio'; a: number | null; b: number | null; share_a: number | null; share_b: number | null; silent_a: number; silent_b: number }
export interface Item { thing: Ref; a: number | null; b: number | null }
export interface Facet { id: FacetId; unit: 'count' | 'eur'; counts: [number, number, number]; both: Item[]; a: Item[]; b: Item[] }
export interface Bar { a: number; b: number; a_eur: number | null; b_eur: number | null }
export interface TechnologyBar extends Bar { technology: { key: string; name: Pair; path: string } }
export interface YearBar extends Bar { year: number }
export interface Between {
  pairs: number; total: number; years: { year: number | null; count: number }[]
  projects: { thing: Ref; year: number | null; evidence: number[] }[]; a_to_b: Money; b_to_a: Money
}
export interface Comparison extends Proven {
  sort: Sort; a: Ref; b: Ref; notes: ('a-in-b' | 'b-in-a')[]; figures: Figure[]; facets: Facet[]; technologies: TechnologyBar[]; years: YearBar[]; between: Between; sparql: string
}
export interface Proposal { sort: Sort; a: Ref; b: Ref }

export const compareApi = {
  compare: (query: string, signal?: AbortSignal) => ask<Comparison>(`/compare?${query}`, { signal }),
  proposals: (signal?: AbortSignal) => ask<{ proposals: Proposal[] }>('/compare/proposals', { signal }),
}

const LONG = 15 // years: a longer gap stays one, for nobody reads thirty empty bars

/** The years from the first to the last, those in which nothing began too. */
export function everyYear(years: readonly YearBar[]): YearBar[] {
  return years.flatMap((bar, at) => {
    const before = years[at - 1]?.year ?? bar.year
    const gap = bar.year - before > LONG ? 0 : Math.max(0, bar.year - before - 1)
    return [...Array.from({ length: gap }, (_, i) => ({ year: before + 1 + i, a: 0, b: 0, a_eur: 0, b_eur: 0 })), bar]
  })
}
