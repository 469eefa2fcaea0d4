import type { Schema } from '../api/query'
import { capital, type Lang } from '../format'
import { classesOf } from './offer'
import type { Table } from './result'
import type { Term } from './terms'
import { triplesOf } from './where'

/** What heads say of a column that stands for a thing: how many of it, one of it, what it is called. */
export interface HeadWords { count: string; example: string; name: string }

/**
 * What the columns of an answer are called in words: the kind that the query gives a variable, else the property that it is
 * the value of, else its own name in words. One letter stays as it is; of two columns with the same words each keeps its variable.
 */
export function headsOf(query: string, columns: readonly string[], schema: Schema, lang: Lang, say: HeadWords): string[] {
  const known = (variable: string): string | null => {
    const typed = triplesOf(query).some((one) => one.subject === `?${variable}` && (one.predicate === 'a' || one.predicate === 'ce:kind'))
    const [name] = typed ? classesOf(`?${variable}`, query, schema) : []
    const found = schema.classes.find((one) => one.name === name) ?? ofProperty(variable, query, schema)
    return found ? capital(found[lang]) : null
  }
  const head = (column: string): string => {
    const [, base, part] = /^(.+?)(Count|Example|Name)$/.exec(column) ?? []
    const called = base && known(base)
    if (called) return { Count: say.count, Example: say.example, Name: say.name }[part as 'Count' | 'Example' | 'Name'].replace('{name}', called)
    return known(column) ?? (column.length < 2 ? column : capital(column.replace(/([a-zåäö])([A-ZÅÄÖ])/g, '$1 $2').replaceAll('_', ' ').toLowerCase()))
  }
  const heads = columns.map(head)
  return heads.map((one, i) => (heads.indexOf(one) === heads.lastIndexOf(one) ? one : `${one} (${columns[i]})`))
}

function ofProperty(variable: string, query: string, schema: Schema): Schema['properties'][number] | undefined {
  const names = triplesOf(query).filter((one) => one.object === `?${variable}`).map((one) => one.predicate.replace(/^ce:/, ''))
  return names.map((name) => schema.properties.find((one) => one.name === name)).find((one) => one !== undefined)
}

/** Columns that only name the thing of another column, by that column: `?company ?companyName`, or `?name` right behind it. */
export function namedBy(table: Table, isThing: (term: Term) => boolean): Map<number, number> {
  const found = new Map<number, number>()
  if (table.kind !== 'select') return found
  const things = table.columns.map((_, i) => table.rows.some((row) => row[i]) && table.rows.every((row) => !row[i] || isThing(row[i] as Term)))
  table.columns.forEach((column, i) => {
    if (!things[i]) return
    const name = table.columns.findIndex((one, at) => one === `${column}Name` || one === `${column}Label` || (at === i + 1 && (one === 'name' || one === 'label')))
    if (name >= 0 && table.rows.every((row) => !row[name] || row[name]?.type === 'literal')) found.set(i, name)
  })
  return found
}
