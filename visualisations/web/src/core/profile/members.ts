import type { Lang } from '../format'
import type { Entity, EvidenceId, MapPayload, Pair } from '../api/types'

export interface Member { key: string; kind: string; name: Pair; path: string; county: string | null; links: number; evidence: EvidenceId[] }

const BELONGS = new Set(['technology', 'site'])

/** Who works on the technology or sits in the place, as the relations of the profile say it: with evidence, by name. */
export function members(entity: Entity, lang: Lang): Member[] {
  const found = new Map<string, Member>()
  for (const { tie, other, evidence } of entity.relations)
    if (other && BELONGS.has(tie)) found.set(other.key, { ...other, county: null, links: 0, evidence })
  return [...found.values()].sort((a, b) => a.name[lang].localeCompare(b.name[lang], lang))
}

/** The same with what the filtered map knows besides: the county, and the best linked first; equal ones keep their order. */
export function ranked(list: readonly Member[], payload: MapPayload): Member[] {
  const { key, county, degree } = payload.nodes
  const at = new Map(key.map((id, i) => [id, i]))
  return list.map((member): Member => {
    const i = at.get(member.key)
    return i === undefined ? member : { ...member, links: degree[i] ?? 0, county: payload.counties[county[i] ?? -1] ?? null }
  }).sort((a, b) => b.links - a.links)
}
