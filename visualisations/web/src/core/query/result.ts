import type { Answer } from '../api/query'
import type { Term } from './terms'

/** An answer as a table; `boolean` for ASK. Triples are a table of three columns. */
export interface Table {
  kind: 'select' | 'ask' | 'triples'
  columns: string[]
  rows: (Term | undefined)[][]
  boolean: boolean | null
}

export const TRIPLES = ['subject', 'predicate', 'object']

/** The table of an answer in SPARQL JSON or N-Triples. */
export function tableOf(answer: Answer): Table {
  if (answer.type.includes('json')) return fromJson(JSON.parse(answer.text) as Json)
  return { kind: 'triples', columns: TRIPLES, rows: ntriples(answer.text), boolean: null }
}

interface Json { head: { vars?: string[] }; boolean?: boolean; results?: { bindings: Record<string, JsonTerm>[] } }
interface JsonTerm { type: string; value: unknown; 'xml:lang'?: string; datatype?: string }

function fromJson(json: Json): Table {
  if (typeof json.boolean === 'boolean') return { kind: 'ask', columns: [], rows: [], boolean: json.boolean }
  const columns = json.head.vars ?? []
  const rows = (json.results?.bindings ?? []).map((row) => columns.map((name) => term(row[name])))
  return { kind: 'select', columns, rows, boolean: null }
}

function term(found: JsonTerm | undefined): Term | undefined {
  if (!found) return undefined
  if (found.type === 'triple') return { type: 'triple', value: tripleText(found.value as Record<string, JsonTerm>) }
  const type = found.type === 'uri' || found.type === 'bnode' ? found.type : 'literal'
  return { type, value: String(found.value), lang: found['xml:lang'], datatype: found.datatype }
}

const tripleText = (parts: Record<string, JsonTerm>): string =>
  `<<( ${['subject', 'predicate', 'object'].map((name) => { const one = term(parts[name]); return one?.type === 'uri' ? `<${one.value}>` : one?.type === 'literal' ? JSON.stringify(one.value) : (one?.value ?? '') }).join(' ')} )>>`

const LINE = /^(<[^>]*>|_:\S+)\s+<([^>]*)>\s+(.+?)\s*\.\s*$/
const LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?$/

/** Lines of N-Triples; a line that holds a triple term is kept as text in its object. */
function ntriples(text: string): (Term | undefined)[][] {
  const rows: (Term | undefined)[][] = []
  for (const line of text.split('\n')) {
    const found = LINE.exec(line)
    if (found) rows.push([node(found[1] as string), { type: 'uri', value: unescaped(found[2] as string) }, node(found[3] as string)])
    else if (line.trim()) rows.push([{ type: 'triple', value: line.trim() }, undefined, undefined])
  }
  return rows
}

function node(text: string): Term {
  if (text.startsWith('<<')) return { type: 'triple', value: text }
  if (text.startsWith('<')) return { type: 'uri', value: unescaped(text.slice(1, -1)) }
  if (text.startsWith('_:')) return { type: 'bnode', value: text.slice(2) }
  const found = LITERAL.exec(text)
  return found ? { type: 'literal', value: unescaped(found[1] ?? ''), lang: found[2], datatype: found[3] } : { type: 'literal', value: text }
}

const ESCAPES: Record<string, string> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f', '"': '"', "'": "'", '\\': '\\' }
const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short?: string, long?: string, one?: string) =>
        one ? (ESCAPES[one] ?? one) : String.fromCodePoint(parseInt((short ?? long) as string, 16)))
    : text

export interface Order { column: number; descending: boolean }

/** Rows by a column: numbers by value, all else by what is shown; what is missing comes last. */
export function sorted(rows: readonly (Term | undefined)[][], order: Order | null, shown: (term: Term) => string, lang: string): (Term | undefined)[][] {
  if (!order) return [...rows]
  const collator = new Intl.Collator(lang, { numeric: true })
  const keyed = rows.map((row) => { const held = row[order.column]; return { row, held, text: held ? shown(held) : '' } })
  keyed.sort((a, b) => {
    if (!a.held || !b.held) return Number(!a.held) - Number(!b.held)
    const by = collator.compare(a.text, b.text)
    return order.descending ? -by : by
  })
  return keyed.map(({ row }) => row)
}
