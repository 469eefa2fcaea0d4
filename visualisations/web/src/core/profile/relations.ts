import type { Entity, Relation } from '../api/types'

export interface TieGroup { tie: string; relations: Relation[] }

/** The order in which an ecosystem is read: what they do together first, where they sit last. */
const ORDER = ['participation', 'partnership', 'membership', 'ownership', 'funding', 'investment', 'support', 'change', 'site', 'technology']
const rank = (tie: string): number => (ORDER.includes(tie) ? ORDER.indexOf(tie) : ORDER.length)

/** Relations by kind of tie; in each the newest first, undated ones last. Technologies have a panel of their own. */
export function relationGroups(entity: Entity): TieGroup[] {
  const groups = new Map<string, Relation[]>()
  for (const relation of entity.relations) {
    if (relation.tie === 'technology') continue
    groups.set(relation.tie, [...(groups.get(relation.tie) ?? []), relation])
  }
  return [...groups]
    .map(([tie, relations]) => ({ tie, relations: [...relations].sort((a, b) => (b.start ?? '').localeCompare(a.start ?? '')) }))
    .sort((a, b) => rank(a.tie) - rank(b.tie))
}

/** Facts that the head of the page already tells, or that are of use to machines only. */
const HEAD = new Set(['name', 'description', 'alternativeName', 'altName', 'legalName', 'place', 'inPlace', 'label', 'kind'])
export const shownFacts = (entity: Entity): Entity['facts'] => entity.facts.filter((fact) => !HEAD.has(fact.property))
