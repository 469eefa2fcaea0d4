import type { ClassTerm, PropertyTerm, Schema } from '../api/query'
import type { Lang } from '../format'
import { declared } from './parameters'
import { triplesOf, variablesOf, whereIs, type Where } from './where'

/** One completion: `text` is written, `shown` is listed with `about` beside it; `prefix` must be declared. */
export interface Offer { text: string; shown: string; about: string; more: string; kind: 'prefix' | 'class' | 'property' | 'concept' | 'variable' | 'keyword' | 'thing'; prefix: string | null; rank: number }

const KEYWORDS = ['OPTIONAL { ', 'FILTER (', 'FILTER NOT EXISTS { ', 'UNION { ', 'MINUS { ', 'BIND (', 'VALUES ', 'GRAPH ']
const CLAUSES = ['PREFIX ', 'SELECT ', 'SELECT DISTINCT ', 'CONSTRUCT { ', 'DESCRIBE ', 'ASK { ', 'WHERE { ', 'GROUP BY ', 'ORDER BY ', 'HAVING (', 'LIMIT ', 'OFFSET ', 'VALUES ']
const FUNCTIONS = ['COUNT(', 'SUM(', 'AVG(', 'MIN(', 'MAX(', 'SAMPLE(', 'GROUP_CONCAT(', 'lang(', 'str(', 'CONTAINS(', 'STRSTARTS(', 'LCASE(', 'REGEX(', 'BOUND(', 'COALESCE(', 'IF(', 'YEAR(', 'EXISTS { ', 'DISTINCT ', 'DESC(', 'AS ?']

/** All classes above a class, with itself. */
export function above(name: string, schema: Schema): Set<string> {
  const found = new Set<string>()
  const byName = new Map(schema.classes.map((one) => [one.name, one]))
  const visit = (each: string): void => {
    if (found.has(each)) return
    found.add(each)
    for (const parent of byName.get(each)?.parents ?? []) visit(parent)
  }
  visit(name)
  return found
}

/** What a variable or name may be, from what the query says of it: its types, else the ends of the properties that it has. */
export function classesOf(subject: string | null, query: string, schema: Schema): string[] {
  if (!subject || !subject.startsWith('?')) return []
  const local = (text: string): string => text.replace(/^ce:/, '')
  const triples = triplesOf(query)
  const typed = triples.filter((one) => one.subject === subject && ['a', 'rdf:type', 'ce:kind'].includes(one.predicate)).map((one) => local(one.object))
  const known = new Set(schema.classes.map((one) => one.name))
  const said = typed.filter((name) => known.has(name))
  if (said.length) return said
  const property = new Map(schema.properties.map((one) => [one.name, one]))
  const ends = triples.flatMap((one) => (one.object === subject ? (property.get(local(one.predicate))?.range ?? []) : []))
  return [...new Set(ends.filter((name) => known.has(name)))]
}

/** Whether things of these classes may have the property: its domain is open, above one of them, or below one. */
export function fitsClass(property: PropertyTerm, classes: readonly string[], schema: Schema): boolean {
  if (!classes.length || !property.domain.length) return true
  return classes.some((name) => {
    const higher = above(name, schema)
    return property.domain.some((one) => higher.has(one) || above(one, schema).has(name))
  })
}

/** What may stand at an offset: only what begins with, or is called by, what is written there already. */
export function offersAt(query: string, at: number, schema: Schema, lang: Lang): { from: number; where: Where; typed: string; offers: Offer[] } {
  const where = whereIs(query, at)
  const from = where.word ? where.word.from : at
  const typed = query.slice(from, at)
  if (where.spot === 'none' || typed.startsWith('<') || typed.startsWith('@')) return { from, where, typed, offers: [] }
  const rest = query.slice(0, from) + query.slice(where.word?.to ?? at)
  const all = candidates(where, rest, schema, lang)
  return { from, where, typed, offers: all.flatMap((one) => { const rank = match(one, typed); return rank === null ? [] : [{ ...one, rank: one.rank + rank }] }).sort((a, b) => b.rank - a.rank || a.shown.localeCompare(b.shown)) }
}

function candidates(where: Where, query: string, schema: Schema, lang: Lang): Offer[] {
  const prefixes = (): Offer[] => Object.entries(schema.prefixes).map(([name, iri]) => offer('prefix', where.spot === 'prefix' ? `${name}: <${iri}>\n` : `${name}:`, `${name}:`, iri, '', where.spot === 'prefix' ? null : name, 0))
  const variables = (): Offer[] => variablesOf(query).map((name) => offer('variable', name, name, '', '', null, 3))
  const words = (list: readonly string[], rank = 0): Offer[] => list.map((word) => offer('keyword', word, word.replace(/[({ ?]+$/, ''), '', '', null, rank))
  switch (where.spot) {
    case 'prefix': return prefixes()
    case 'clause': return words(CLAUSES)
    case 'expression': return [...variables(), ...words(FUNCTIONS), ...words(CLAUSES, -1)]
    case 'subject': return [...variables(), ...words(KEYWORDS, 1), ...prefixes()]
    case 'predicate': return [offer('property', 'a', 'a', lang === 'sv' ? 'är av slaget' : 'is of the kind', '', null, 4), ...properties(where.subject, query, schema, lang), ...words(['FILTER '], -2)]
    case 'object': return [...objects(where.predicate, schema, lang), ...variables(), ...prefixes()]
    default: return []
  }
}

const offer = (kind: Offer['kind'], text: string, shown: string, about: string, more: string, prefix: string | null, rank: number): Offer =>
  ({ kind, text, shown, about, more, prefix, rank })

const prefixOf = (name: string): string => (name.includes(':') ? (name.split(':')[0] as string) : 'ce')
const full = (name: string): string => (name.includes(':') ? name : `ce:${name}`)

function properties(subject: string | null, query: string, schema: Schema, lang: Lang): Offer[] {
  const classes = classesOf(subject, query, schema)
  const higher = new Set(classes.flatMap((name) => [...above(name, schema)]))
  return schema.properties
    .filter((one) => fitsClass(one, classes, schema))
    .map((one) => offer('property', full(one.name), full(one.name), one[lang], one.definition, prefixOf(one.name), one.domain.some((name) => higher.has(name)) ? 3 : one.name.includes(':') ? 0 : 1))
}

const asClass = (one: ClassTerm, lang: Lang): Offer => offer('class', `ce:${one.name}`, `ce:${one.name}`, one[lang], one.definition, 'ce', 2)

/** After `a` the classes; after a property whose range is a scheme of concepts, these. */
function objects(predicate: string | null, schema: Schema, lang: Lang): Offer[] {
  if (predicate === 'a' || predicate === 'rdf:type' || predicate === 'ce:kind') return schema.classes.map((one) => asClass(one, lang))
  const property = schema.properties.find((one) => full(one.name) === predicate)
  const concepts = Object.entries(schema.concepts).flatMap(([scheme, held]) => {
    const near = schemesOf(property).includes(scheme) ? 3 : property && schemesOf(property).length ? -3 : 0
    return held.map((one) => offer('concept', `${scheme}:${one.slug}`, `${scheme}:${one.slug}`, one[lang], '', scheme, near))
  })
  return property && !property.object ? [] : concepts
}

const SCHEMES: Record<string, readonly string[]> = {
  worksOn: ['tech'], inField: ['tech'], topic: ['tech'], area: ['tech'], 'skos:broader': ['tech'], 'skos:narrower': ['tech'],
  role: ['role'], partnershipKind: ['partnership'], changeKind: ['change'], instrument: ['instrument'], activityKind: ['activity'],
  roundType: ['round'], amountKind: ['amount'], siteKind: ['site'], sizeClass: ['size'], companyStage: ['stage'], status: ['status'], review: ['review'], method: ['method'],
}
const schemesOf = (property: PropertyTerm | undefined): readonly string[] => (property ? (SCHEMES[property.name] ?? []) : [])

/** How well an offer fits what was typed: by what is written, its local name, or a word of its label; null: not at all. */
function match(one: Offer, typed: string): number | null {
  const text = typed.toLowerCase()
  if (!text) return 0
  const shown = one.shown.toLowerCase()
  if (shown.startsWith(text)) return 3
  const [prefix, local] = text.includes(':') ? text.split(':', 2) as [string, string] : [null, text]
  if (prefix !== null && !shown.startsWith(`${prefix}:`)) return null
  const name = shown.includes(':') ? shown.slice(shown.indexOf(':') + 1) : shown
  if (name.startsWith(local)) return 2
  if (local.length > 1 && one.about.toLowerCase().split(/[\s-]+/).some((word) => word.startsWith(local))) return 1
  return local.length > 2 && name.includes(local) ? 0 : null
}

/** Where a PREFIX line would go that is still missing; null when the prefix is declared. */
export const missingPrefix = (query: string, prefix: string | null, schema: Schema): string | null =>
  prefix === null || prefix in declared(query) || !(prefix in schema.prefixes) ? null : `PREFIX ${prefix}: <${schema.prefixes[prefix]}>\n`
