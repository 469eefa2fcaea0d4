import type { Facets } from '../api/types'
import { FACETS, toggled, type Facet, type Filter } from '../filter'
import { country } from '../format'
import { i18n } from '../i18n/i18n.svelte'
import { vocabulary } from '../vocabulary.svelte'
import { KIND_GROUPS, type KindGroup } from '../kinds'
import { GROUP_KEYS } from './groups'

/** One active filter as the reader sees it, and the filter that is left without it. */
export interface Chip { id: string; label: string; without: Filter }

const LABELS: Record<Facet, (value: string) => string> = {
  kind: vocabulary.kind, tech: vocabulary.technology, county: vocabulary.county, country: (code) => country(code, i18n.lang), role: vocabulary.role, tie: vocabulary.tie,
}

export const facetLabel = (facet: Facet, value: string): string => LABELS[facet](value)

/** All kinds of a colour group that this selection could show. */
export const kindsOfGroup = (facets: Facets | null, group: KindGroup): string[] =>
  (facets?.kinds ?? []).map((row) => row.value).filter((kind) => vocabulary.group(kind) === group)

const covers = (filter: Filter, kinds: string[]): boolean => kinds.length > 0 && kinds.every((kind) => filter.kind.includes(kind))

export const chosenGroups = (filter: Filter, facets: Facets | null): Set<KindGroup> =>
  new Set(KIND_GROUPS.filter((group) => covers(filter, kindsOfGroup(facets, group))))

export function toggleGroup(filter: Filter, facets: Facets | null, group: KindGroup): Filter {
  const kinds = kindsOfGroup(facets, group)
  const rest = filter.kind.filter((kind) => vocabulary.group(kind) !== group)
  return { ...filter, kind: covers(filter, kinds) ? rest : [...rest, ...kinds] }
}

/** A whole colour group is one chip, as it was one click. */
export function chips(filter: Filter, facets: Facets | null): Chip[] {
  const whole = [...chosenGroups(filter, facets)].filter((group) => kindsOfGroup(facets, group).length > 1)
  const grouped = new Set(whole.flatMap((group) => kindsOfGroup(facets, group)))
  const groups = whole.map((group): Chip => ({
    id: `group:${group}`, label: i18n.t(GROUP_KEYS[group]), without: toggleGroup(filter, facets, group),
  }))
  const single = FACETS.flatMap((facet) => filter[facet]
    .filter((value) => facet !== 'kind' || !grouped.has(value))
    .map((value): Chip => ({
      id: `${facet}:${value}`, label: facetLabel(facet, value), without: { ...filter, [facet]: toggled(filter[facet], value) },
    })))
  return [...groups, ...single, ...rangeChips(filter)]
}

function rangeChips(filter: Filter): Chip[] {
  const list: Chip[] = []
  if (filter.from !== null || filter.to !== null)
    list.push({
      id: 'years', label: i18n.t('yearsChip', { from: filter.from ?? '…', to: filter.to ?? '…' }),
      without: { ...filter, from: null, to: null },
    })
  if (filter.q) list.push({ id: 'q', label: i18n.t('textChip', { q: filter.q }), without: { ...filter, q: '' } })
  return list
}
