import type { Parameter, Question, Schema } from '../api/query'
import type { Lang } from '../format'
import { iriOf, quoted, written, XSD } from './terms'

/** What was chosen, by the name of the variable: keys of things, or plain values. */
export type Values = Readonly<Record<string, readonly string[]>>

export const defaults = (question: Question): Values =>
  Object.fromEntries(question.parameters.map((one) => [one.name, one.default]))

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((value, i) => value === b[i])

/** The chosen values that are not those of the question as it stands. */
export function changed(question: Question, values: Values): Values {
  return Object.fromEntries(question.parameters.filter((one) => !same(values[one.name] ?? one.default, one.default)).map((one) => [one.name, values[one.name] ?? []]))
}

const BLOCK = /VALUES\s*(?:\?(\w+)|\(((?:\s*\?\w+)+)\s*\))\s*\{[^{}]*\}/g

/** Terms of the ontology have a label in both languages: a question is asked in the reader's. */
const LABELS = /(FILTER \(lang\(\?\w+\) = )"(?:sv|en)"\)/g

/** The query of a question with other values in its VALUES blocks, and labels of the map's own terms in `lang`; a block of which nothing was changed stays as it stands. */
export function filled(question: Question, values: Values, schema: Schema, lang?: Lang): string {
  const prefixes = declared(question.sparql)
  const known = new Map(question.parameters.map((one) => [one.name, one]))
  const other = changed(question, values)
  const term = (name: string, value: string): string => termOf(known.get(name) as Parameter, value, schema, prefixes)
  const spoken = lang ? question.sparql.replace(LABELS, `$1"${lang}")`) : question.sparql
  return spoken.replace(BLOCK, (whole, single: string | undefined, several: string | undefined) => {
    const names = single ? [single] : ((several ?? '').match(/\w+/g) ?? [])
    if (!names.some((name) => name in other) || !names.every((name) => known.has(name))) return whole
    if (single) return `VALUES ?${single} { ${(other[single] ?? []).map((value) => term(single, value)).join(' ')} }`
    const row = names.map((name) => term(name, (other[name] ?? known.get(name)?.default ?? [])[0] ?? ''))
    return `VALUES (${names.map((name) => `?${name}`).join(' ')}) { (${row.join(' ')}) }`
  })
}

/** The prefixes that a query declares. */
export function declared(query: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, prefix, iri] of query.matchAll(/PREFIX\s+([\w.-]*):\s*<([^>]*)>/gi)) found[prefix ?? ''] = iri ?? ''
  return found
}

function termOf(parameter: Parameter, value: string, schema: Schema, prefixes: Record<string, string>): string {
  switch (parameter.kind) {
    case 'thing': case 'technology': case 'county': return written(iriOf(value, schema), prefixes)
    case 'type': return written(`${schema.prefixes.ce}${value.replace(/[^\w-]/g, '')}`, prefixes)
    case 'date': return `${quoted(value)}^^<${XSD}date>`
    case 'moment': return `${quoted(value)}^^<${XSD}dateTime>`
    case 'number': return /^[-+]?\d+(\.\d+)?$/.test(value.trim()) ? value.trim() : '0'
    case 'text': return quoted(value)
  }
}

/** Whether a value can be asked about: a date that is one, a number that is one, anything but nothing. */
export function fits(parameter: Parameter, value: string): boolean {
  if (parameter.kind === 'number') return /^[-+]?\d+(\.\d+)?$/.test(value.trim())
  if (parameter.kind === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value)
  if (parameter.kind === 'moment') return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.test(value)
  return value.trim() !== ''
}
