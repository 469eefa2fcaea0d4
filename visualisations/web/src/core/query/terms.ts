import type { Schema } from '../api/query'
import type { Pair } from '../api/types'

/** One value of an answer, as SPARQL JSON writes it; a triple term is its text. */
export interface Term { type: 'uri' | 'literal' | 'bnode' | 'triple'; value: string; lang?: string; datatype?: string }

export const XSD = 'http://www.w3.org/2001/XMLSchema#'
const NUMBERS = new Set(['integer', 'decimal', 'double', 'float', 'int', 'long', 'short', 'nonNegativeInteger', 'positiveInteger'].map((name) => XSD + name))

export const isNumber = (term: Term | undefined): boolean =>
  term?.type === 'literal' && NUMBERS.has(term.datatype ?? '') && Number.isFinite(Number(term.value))

/** The key of a thing of this map, from its address; null for anything else. */
export function keyOf(iri: string, schema: Schema): string | null {
  const thing = `${schema.base}id/`
  if (iri.startsWith(thing)) return decoded(iri.slice(thing.length))
  const tech = schema.prefixes.tech ?? ''
  return tech && iri.startsWith(tech) ? `tech/${decoded(iri.slice(tech.length))}` : null
}

/** The address of the thing with this key, escaped as the server escapes it. */
export function iriOf(key: string, schema: Schema): string {
  if (key.startsWith('tech/')) return `${schema.prefixes.tech}${key.slice(5)}`
  return `${schema.base}id/${encodeURI(key).replaceAll('?', '%3F').replaceAll('#', '%23').replaceAll("'", '%27')}`
}

const LOCAL = /^[A-Za-z_0-9]([\w.-]*[\w-])?$/

/** `ce:Company`, with the longest prefix that fits and leaves a plain local name; null when none does. */
export function prefixed(iri: string, prefixes: Readonly<Record<string, string>>): string | null {
  let best: string | null = null
  let length = 0
  for (const [prefix, start] of Object.entries(prefixes)) {
    if (iri.startsWith(start) && start.length > length && LOCAL.test(iri.slice(start.length))) {
      best = `${prefix}:${iri.slice(start.length)}`
      length = start.length
    }
  }
  return best
}

/** How an address is written in a query: with a prefix where one fits, else in angle brackets. */
export const written = (iri: string, prefixes: Readonly<Record<string, string>>): string =>
  prefixed(iri, prefixes) ?? `<${iri.replace(/[<>"{}|\\^`\s]/g, (letter) => encodeURIComponent(letter))}>`

/** A term as a query writes it. A blank node has no name that holds in another query: null. */
export function inQuery(term: Term, prefixes: Readonly<Record<string, string>>): string | null {
  if (term.type === 'uri') return written(term.value, prefixes)
  if (term.type !== 'literal') return null
  const text = quoted(term.value)
  if (term.lang) return `${text}@${term.lang}`
  return term.datatype && term.datatype !== `${XSD}string` ? `${text}^^<${term.datatype}>` : text
}

export const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`

/** Labels of the terms and concepts of the ontology by their address. */
export function labelsOf(schema: Schema): Map<string, Pair> {
  const labels = new Map<string, Pair>()
  for (const term of [...schema.classes, ...schema.properties]) labels.set(term.iri, term)
  for (const concepts of Object.values(schema.concepts)) for (const concept of concepts) labels.set(concept.iri, concept)
  return labels
}

/** Only addresses of the web become links: never `javascript:` and its like. */
export const isWeb = (iri: string): boolean => /^https?:\/\//i.test(iri)

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
