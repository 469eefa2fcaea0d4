import type { Entity, MapPayload, Pair } from '../api/types'

export interface Member { key: string; kind: string; name: Pair; path: string; county: string | null; links: number }

/** The answer of the filtered map as a list, the best linked first. */
export function membersOfMap(payload: MapPayload, isEffort: (kind: string) => boolean): Member[] {
  const { key, kind, county, degree, name } = payload.nodes
  return key.map((id, i): Member => {
    const word = payload.kinds[kind[i] ?? -1] ?? ''
    const en = name.en[i] ?? id
    return {
      key: id, kind: word, name: { en, sv: name.sv[i] ?? en }, path: `/${isEffort(word) ? 'effort' : 'org'}/${id}`,
      county: payload.counties[county[i] ?? -1] ?? null, links: degree[i] ?? 0,
    }
  }).sort((a, b) => b.links - a.links)
}

/** Who has a site in the place, each once. */
export function membersOfPlace(entity: Entity): Member[] {
  const found = new Map<string, Member>()
  for (const { tie, other } of entity.relations)
    if (tie === 'site' && other) found.set(other.key, { ...other, county: null, links: 0 })
  return [...found.values()].sort((a, b) => a.name.en.localeCompare(b.name.en))
}
