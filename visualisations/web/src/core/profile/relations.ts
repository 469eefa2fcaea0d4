import type { Entity, Relation } from '../api/types'
import type { Key } from '../i18n/en'

/** Relations that one sentence can head: "Owns", "Owned by". */
export interface RelationGroup { id: string; heading: Key | null; tie: string; relations: Relation[] }

const HEADINGS: Record<string, Partial<Record<'out' | 'in', Key>>> = {
  participation: { out: 'relParticipationOut', in: 'relParticipationIn' },
  membership: { out: 'relMembershipOut', in: 'relMembershipIn' },
  partnership: { out: 'relPartnership', in: 'relPartnership' },
  customer: { out: 'relCustomerOut', in: 'relCustomerIn' },
  ownership: { out: 'relOwnershipOut', in: 'relOwnershipIn' },
  part: { out: 'relPartOut', in: 'relPartIn' },
  funding: { out: 'relFundingOut', in: 'relFundingIn' },
  investment: { out: 'relInvestmentOut', in: 'relInvestmentIn' },
  support: { out: 'relSupportOut', in: 'relSupportIn' },
  change: { out: 'relChangeOut', in: 'relChangeIn' },
}

/** The order in which an ecosystem is read: what they do together first, where they sit last. */
const ORDER = [
  'relParticipationOut', 'relParticipationIn', 'relPartnership', 'relCustomerOut', 'relCustomerIn', 'relMembershipOut', 'relMembershipIn',
  'relOwnershipOut', 'relOwnershipIn', 'relPartOut', 'relPartIn', 'relFundingOut', 'relFundingIn', 'relInvestmentOut', 'relInvestmentIn',
  'relSupportOut', 'relSupportIn', 'relChangeIn', 'relChangeOut',
]
const rank = (group: RelationGroup): number => (group.heading ? ORDER.indexOf(group.heading) : ORDER.length)

export function headingOf(relation: Relation): Key | null {
  const name = relation.tie === 'partnership' && relation.role === 'customer' ? 'customer' : relation.tie
  return HEADINGS[name]?.[relation.direction] ?? null
}

const BESIDE = new Set(['technology', 'site'])

/** Ties that the tables of money hold, all of them. */
const MONEY = new Set(['funding', 'investment'])

/** By kind and direction; in each the newest first, undated ones last. What the money tables and the head show is left out. */
export function relationGroups(entity: Entity): RelationGroup[] {
  const groups = new Map<string, RelationGroup>()
  for (const relation of entity.relations) {
    if (BESIDE.has(relation.tie) || MONEY.has(relation.tie)) continue
    const heading = headingOf(relation)
    const id = heading ?? relation.tie
    const group = groups.get(id) ?? { id, heading, tie: relation.tie, relations: [] }
    group.relations.push(relation)
    groups.set(id, group)
  }
  for (const group of groups.values()) group.relations.sort((a, b) => (b.start ?? '').localeCompare(a.start ?? ''))
  return [...groups.values()].sort((a, b) => rank(a) - rank(b))
}

/** Relations with one party stand together, where the first of them stands; unnamed parties stay apart. */
export function byParty(relations: readonly Relation[]): Relation[][] {
  const parties = new Map<string, Relation[]>()
  for (const relation of relations) {
    const id = relation.other?.key ?? `|${relation.key}`
    parties.set(id, [...(parties.get(id) ?? []), relation])
  }
  return [...parties.values()]
}

/** Facts that the head of the page already tells, or that are of use to machines only. */
const HEAD = new Set([
  'formerKey', 'name', 'description', 'altName', 'acronym', 'label', 'kind', 'sameRecord', 'unitOf', 'partOf', 'programme', 'countryCode', 'lat', 'long', 'within',
])
export const shownFacts = (entity: Entity): Entity['facts'] => entity.facts.filter((fact) => !HEAD.has(fact.property))
