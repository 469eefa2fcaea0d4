import { queries } from '../api/query'
import { tableOf, type Table } from './result'
import type { Term } from './terms'

/** Somewhere on the globe, and the things of the answer that are there, each once. */
export interface Spot { lat: number; long: number; things: Term[] }
type At = ReadonlyMap<string, { lat: number; long: number }>

/** So many things of an answer are looked up. */
export const MOST_PLACES = 1000
const BATCH = 250

/** Things of an answer that may be somewhere, each once, in its order; technologies are nowhere. */
export function placeable(table: Table, keyOf: (term: Term) => string | null): string[] {
  const found = new Set<string>()
  for (const term of table.rows.flat()) {
    const key = term?.type === 'uri' ? keyOf(term) : null
    if (term && key !== null && !key.startsWith('tech/')) found.add(term.value)
  }
  return [...found]
}

const IRI = /^[^<>"{}|\\^`\s]+$/

/** Where things lie: by coordinates of their own, else those of the place that they are located in. */
export async function whereabouts(iris: readonly string[], base: string, signal?: AbortSignal): Promise<At> {
  const found = new Map<string, { lat: number; long: number }>()
  const safe = iris.filter((iri) => IRI.test(iri)).slice(0, MOST_PLACES)
  for (let from = 0; from < safe.length; from += BATCH) {
    const values = safe.slice(from, from + BATCH).map((iri) => `<${iri}>`).join(' ')
    const query = `PREFIX ce: <${base}ns#>\nSELECT ?x (MIN(?la) AS ?lat) (MIN(?lo) AS ?long) WHERE {\n  { SELECT ?x (MIN(?p) AS ?place) WHERE { VALUES ?x { ${values} } { ?x ce:lat ?any BIND (?x AS ?p) } UNION { ?x ce:locatedIn ?p . ?p ce:lat ?any } } GROUP BY ?x }\n  ?place ce:lat ?la ; ce:long ?lo\n} GROUP BY ?x`
    for (const [x, lat, long] of tableOf(await queries.ask(query, signal)).rows) {
      const at = { lat: Number(lat?.value), long: Number(long?.value) }
      if (x && Math.abs(at.lat) <= 90 && Math.abs(at.long) <= 180) found.set(x.value, at)
    }
  }
  return found
}

/** Points of an answer: of each row the first thing that lies somewhere; those at one point together, the fullest first. */
export function spotsOf(table: Table, at: At): Spot[] {
  const found = new Map<string, { spot: Spot; known: Set<string> }>()
  for (const row of table.rows) {
    const thing = row.find((term) => term?.type === 'uri' && at.has(term.value))
    const place = thing && at.get(thing.value)
    if (!thing || !place) continue
    const key = `${place.lat} ${place.long}`
    const held = found.get(key) ?? { spot: { ...place, things: [] }, known: new Set<string>() }
    found.set(key, held)
    if (!held.known.has(thing.value)) held.spot.things.push(thing)
    held.known.add(thing.value)
  }
  return [...found.values()].map((one) => one.spot).sort((a, b) => b.things.length - a.things.length || a.lat - b.lat || a.long - b.long)
}
