import type { Schema } from '../api/query'
import type { Lang } from '../format'
import { inQuery, written, type Term } from './terms'

/**
 * One condition: what stands at `on` (0 is what is looked for, n the other end of condition n) has the property, or is the
 * value of it when `inverse`. The other end may be anything, of a kind, or one value (a term as a query writes it).
 */
export interface Condition { on: number; property: string; inverse: boolean; kind: string | null; value: string | null }
/** `all`: a row for every combination of ends, not one for each thing. */
export interface Built { find: string | null; conditions: Condition[]; all?: true }

export const HOPS = 3
/** Rows at first, and at most. */
export const ROWS = 500
export const MOST_ROWS = 50_000
export const NOTHING: Built = { find: null, conditions: [] }

/** `find=Company&w=0 participatesIn * Project` : on, property (`^` for the other way), `*` or a value, and a kind. */
export function readBuilt(search: string, schema: Schema): Built {
  const query = new URLSearchParams(search)
  const classes = new Set(schema.classes.map((one) => one.name))
  const properties = new Set(schema.properties.map((one) => one.name))
  const find = query.get('find')
  if (!find || !classes.has(find)) return NOTHING
  const conditions: Condition[] = []
  for (const text of query.getAll('w').slice(0, HOPS)) {
    const found = /^(\d) (\^?)([\w:]+) ([\w*]+)(?: ([\s\S]+))?$/.exec(text)
    if (!found || Number(found[1]) > conditions.length || !properties.has(found[3] as string)) break
    const kind = found[4] === '*' || !classes.has(found[4] as string) ? null : (found[4] as string)
    conditions.push({ on: Number(found[1]), inverse: found[2] === '^', property: found[3] as string, kind, value: safe(found[5] ?? null) })
  }
  return { find, conditions, ...(query.get('rows') === 'all' ? { all: true as const } : {}) }
}

/** What an address says that the form cannot hold: a kind that is none, conditions from the first on that cannot be read. */
export function unread(search: string, schema: Schema): { kind: string | null; conditions: string[] } {
  const query = new URLSearchParams(search)
  const find = query.get('find')
  const said = query.getAll('w')
  const built = readBuilt(search, schema)
  if (find && !built.find) return { kind: find, conditions: said }
  const bad = built.conditions.findIndex((one, i) => (one.kind ?? '*') !== (/^\S+ \S+ (\S+)/.exec(said[i] ?? '')?.[1] ?? '*') || (one.value === null && /^\S+ \S+ \S+ /.test(said[i] ?? '')))
  return { kind: null, conditions: bad < 0 ? said.slice(built.conditions.length) : said.slice(bad, bad + 1) }
}

/** A value comes from the address: only one address or one literal is taken, nothing that a query would run. */
const VALUE = /^(?:<[^<>"{}|\\^`\s]+>|"(?:[^"\\\n\r]|\\[tnrbf"'\\])*"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^<[^<>"{}|\\^`\s]+>)?)$/
const safe = (text: string | null): string | null => (text !== null && VALUE.test(text) ? text : null)

export function builtHref(built: Built, search: string): string {
  const query = new URLSearchParams()
  if (built.find) query.set('find', built.find)
  for (const one of built.conditions) query.append('w', [one.on, `${one.inverse ? '^' : ''}${one.property}`, one.kind ?? '*', ...(one.value ? [one.value] : [])].join(' '))
  if (built.all) query.set('rows', 'all')
  const lang = new URLSearchParams(search).get('lang')
  if (lang) query.set('lang', lang)
  const text = query.toString()
  return text ? `/query/build?${text}` : '/query/build'
}

/** A term as conditions hold it: without prefixes, so that it can be read back. */
export const valueOf = (term: Term): string | null => inQuery(term, {})

/** Without a condition and all that hang on it. */
export function without(built: Built, index: number): Built {
  const gone = new Set([index + 1])
  built.conditions.forEach((one, i) => { if (gone.has(one.on)) gone.add(i + 1) })
  const place = new Map<number, number>([[0, 0]])
  const conditions: Condition[] = []
  built.conditions.forEach((one, i) => {
    if (gone.has(i + 1)) return
    conditions.push({ ...one, on: place.get(one.on) ?? 0 })
    place.set(i + 1, conditions.length)
  })
  return { ...built, conditions }
}

/** Names of the variables: after the kinds and properties, each once. */
export function variables(built: Built): string[] {
  const used = new Set<string>()
  const take = (name: string): string => {
    const base = name.replace(/^\w+:/, '').replace(/^./, (letter) => letter.toLowerCase())
    let text = base
    for (let n = 2; used.has(text); n++) text = `${base}${n}`
    used.add(text)
    return text
  }
  return [take(built.find ?? 'thing'), ...built.conditions.map((one) => take(one.kind ?? one.property))]
}

const name = (iri: string, prefixes: Record<string, string>): string => written(iri, prefixes)
const iriOfTerm = (term: string, schema: Schema): string => {
  const [prefix, local] = term.includes(':') ? term.split(':') as [string, string] : ['ce', term]
  return `${schema.prefixes[prefix]}${local}`
}

/** The lines of the pattern; each variable stands as it is called in `names`. */
export function pattern(built: Built, schema: Schema, names = variables(built)): string[] {
  const prefixes = schema.prefixes
  const lines = [`?${names[0]} a ${name(iriOfTerm(built.find ?? 'Organization', schema), prefixes)} .`]
  built.conditions.forEach((one, i) => {
    const near = `?${names[one.on]}`
    const fixed = one.value?.startsWith('<') ? name(one.value.slice(1, -1), prefixes) : one.value
    const far = one.value ? (fixed as string) : `?${names[i + 1]}`
    const property = name(iriOfTerm(one.property, schema), prefixes)
    lines.push(one.inverse ? `${far} ${property} ${near} .` : `${near} ${property} ${far} .`)
    if (one.kind && !one.value) lines.push(`${far} a ${name(iriOfTerm(one.kind, schema), prefixes)} .`)
  })
  return lines
}

/**
 * The query that the form stands for. One row for each thing that is looked for, with its name and, of each end that was left
 * open, one (of texts one in `lang` if there is) and how many; with `all` a row for every combination of ends.
 */
export function builtQuery(built: Built, schema: Schema, lang: Lang = 'en', limit = ROWS): string {
  const names = variables(built)
  const first = names[0] as string
  const open = built.conditions.flatMap((one, i) => (one.value ? [] : [{ name: names[i + 1] as string, thing: leads(one, schema) }]))
  const called = [first, ...(built.all ? open.filter((one) => one.thing).map((one) => one.name) : [])]
  const body = [...pattern(built, schema, names), ...called.flatMap((one) => [
    `OPTIONAL { ?${one} ce:name|skos:prefLabel ?${one}Any BIND (IF(lang(?${one}Any) = "${lang}", ?${one}Any, ?none) AS ?${one}Own) }`,
  ])]
  const name = (one: string): string => `?${one} (COALESCE(SAMPLE(?${one}Own), SAMPLE(?${one}Any)) AS ?${one}Name)`
  const some = ({ name: one, thing }: { name: string; thing: boolean }): string => {
    if (thing) return `(SAMPLE(?${one}) AS ?${one}Example) (COUNT(DISTINCT ?${one}) AS ?${one}Count)`
    body.push(`BIND (IF(lang(?${one}) = "${lang}", ?${one}, ?none) AS ?${one}Own)`)
    return `(COALESCE(MIN(?${one}Own), MIN(?${one})) AS ?${one}Example) (COUNT(DISTINCT ?${one}) AS ?${one}Count)`
  }
  const select = [name(first), ...open.map((one) => (!built.all ? some(one) : one.thing ? name(one.name) : `?${one.name}`))].join(' ')
  const groups = [first, ...(built.all ? open.map((one) => one.name) : [])].map((one) => `?${one}`)
  const text = `SELECT ${select} WHERE {\n${body.map((line) => `  ${line}`).join('\n')}\n} GROUP BY ${groups.join(' ')} ORDER BY ?${first}Name ${groups.join(' ')} LIMIT ${limit}\n`
  return withPrefixes(text, schema)
}

/** Whether the other end of a condition is a thing, not a plain value. */
export function leads(one: Condition, schema: Schema): boolean {
  return one.inverse || (schema.properties.find((each) => each.name === one.property)?.object ?? true)
}

/** The prefixes that a text uses, declared in front of it. */
export function withPrefixes(text: string, schema: Schema): string {
  const bare = text.replace(/<[^>]*>|"(?:[^"\\]|\\.)*"/g, '')
  const used = Object.keys(schema.prefixes).filter((prefix) => new RegExp(`(?<![\\w-])${prefix}:`).test(bare))
  return used.map((prefix) => `PREFIX ${prefix}: <${schema.prefixes[prefix]}>\n`).join('') + text
}

/** How many things each choice would leave. Each query gives `?choice` and `?n`, the most frequent first. */
export const counting = {
  kinds: (schema: Schema): string =>
    withPrefixes('SELECT ?choice (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a ?choice } GROUP BY ?choice ORDER BY DESC(?n)\n', schema),
  found: (built: Built, schema: Schema): string => {
    const names = variables(built)
    return withPrefixes(`SELECT (COUNT(DISTINCT ?${names[0]}) AS ?n) WHERE { ${pattern(built, schema, names).join(' ')} }\n`, schema)
  },
  properties: (built: Built, on: number, inverse: boolean, schema: Schema): string => {
    const names = variables(built)
    const near = `?${names[on]}`
    return withPrefixes(`SELECT ?choice (COUNT(DISTINCT ?${names[0]}) AS ?n) WHERE { ${pattern(built, schema, names).join(' ')} ${inverse ? `?far ?choice ${near}` : `${near} ?choice ?far`} } GROUP BY ?choice ORDER BY DESC(?n)\n`, schema)
  },
  /** Kinds or values of the other end of the last condition, which is left open for it. */
  ends: (built: Built, what: 'kinds' | 'values', schema: Schema, limit = 300): string => {
    const names = variables(built)
    const far = `?${names[built.conditions.length]}`
    const more = what === 'kinds' ? `${far} a ?choice .` : `BIND (${far} AS ?choice)`
    return withPrefixes(`SELECT ?choice (COUNT(DISTINCT ?${names[0]}) AS ?n) WHERE { ${pattern(built, schema, names).join(' ')} ${more} } GROUP BY ?choice ORDER BY DESC(?n) LIMIT ${limit}\n`, schema)
  },
}
