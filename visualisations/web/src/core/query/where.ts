import { tokens, type Token } from './tokens'

/** What a cursor stands in, and what is known there. */
export interface Where {
  spot: 'prefix' | 'subject' | 'predicate' | 'object' | 'expression' | 'clause' | 'none'
  /** The token that is being written: it would be replaced. */
  word: Token | null
  subject: string | null
  predicate: string | null
}
/** One triple as it is written, with names or variables; only what is plain (a path has its text). */
export interface Written { subject: string; predicate: string; object: string }

const EXPRESSION = /^(FILTER|BIND|HAVING|ORDER|BY|GROUP|LIMIT|OFFSET|SELECT|CONSTRUCT|DESCRIBE|ASK|AS)$/i
const PATH = new Set(['/', '|', '^', '!', '+', '*', '?'])
const IS_TERM = new Set<Token['type']>(['iri', 'name', 'variable', 'string', 'number'])

/** Walks over a query and keeps count of subject, predicate and object; see `whereIs` and `triplesOf`. */
class Walk {
  spot: 'subject' | 'predicate' | 'object' = 'subject'
  subject: string | null = null
  predicate: string | null = null
  depth = 0
  /** Depths of parentheses within which no triples stand. */
  outside = 0
  values = false
  /** In the head of a sub-select, or in what orders and groups it. */
  listing = false
  readonly written: Written[] = []
  readonly #held: { subject: string | null; predicate: string | null; spot: Walk['spot'] }[] = []

  take(token: Token): void {
    const { type, text } = token
    if (type === 'comment') return
    if (type === 'mark') this.#mark(text)
    else if (IS_TERM.has(type) || (type === 'word' && (text === 'a' || /^(true|false)$/i.test(text)))) this.#term(text)
    else if (type === 'word') this.#keyword(text)
  }

  #mark(text: string): void {
    if (text === '(') {
      // in the place of a predicate it groups a path; in VALUES a row
      if (!this.values && (this.outside > 0 || this.depth === 0 || this.spot !== 'predicate')) this.outside += 1
    } else if (text === ')') this.outside = Math.max(0, this.outside - 1)
    if (this.outside > 0 && text !== '{' && text !== '}') return
    if (text === '{') {
      this.depth += 1
      this.listing = false
      this.outside = 0
      this.#reset()
    } else if (text === '}') {
      this.depth = Math.max(0, this.depth - 1)
      this.values = false
      this.listing = false
      this.#reset()
    } else if (text === '.') this.#reset()
    else if (text === ';') this.spot = 'predicate'
    else if (text === ',') this.spot = 'object'
    else if (text === '[') {
      this.#held.push({ subject: this.subject, predicate: this.predicate, spot: this.spot })
      this.subject = '[]'
      this.spot = 'predicate'
    } else if (text === ']') {
      const held = this.#held.pop()
      if (held) {
        this.subject = held.subject ?? '[]'
        this.predicate = held.predicate
        this.spot = held.spot === 'object' ? 'subject' : 'predicate'
      }
    } else if (PATH.has(text) && this.spot === 'object' && this.predicate !== null) {
      if (text === '/' || text === '|') this.spot = 'predicate'
    }
  }

  #term(text: string): void {
    if (this.depth === 0 || this.values || this.listing || this.outside > 0) return
    if (this.spot === 'subject') {
      this.subject = text
      this.spot = 'predicate'
    } else if (this.spot === 'predicate') {
      this.predicate = text
      this.spot = 'object'
    } else {
      if (this.subject && this.predicate) this.written.push({ subject: this.subject, predicate: this.predicate, object: text })
      this.spot = 'subject'
    }
  }

  #keyword(text: string): void {
    if (/^VALUES$/i.test(text)) this.values = true
    if (/^(SELECT|GROUP|ORDER|HAVING|LIMIT|OFFSET)$/i.test(text)) this.listing = true
    if (/^(FILTER|BIND|OPTIONAL|UNION|MINUS|GRAPH|VALUES|SELECT|EXISTS|NOT)$/i.test(text)) this.#reset()
  }

  #reset(): void {
    this.spot = 'subject'
    this.subject = null
    this.predicate = null
  }
}

/** Where offset `at` of a query is. */
export function whereIs(text: string, at: number): Where {
  const all = tokens(text)
  const here = all.find((one) => one.from < at && at <= one.to && one.type !== 'mark') ?? null
  const none: Where = { spot: 'none', word: null, subject: null, predicate: null }
  if (here && (here.type === 'comment' || here.type === 'string' || here.type === 'number')) return none
  const before = all.filter((one) => one.to <= (here?.from ?? at) && one.type !== 'comment')
  const walk = new Walk()
  let last: Token | undefined
  let clause: Token | undefined
  for (const token of before) {
    walk.take(token)
    if (token.type === 'word' && EXPRESSION.test(token.text)) clause = token
    if (token.type === 'mark' && (token.text === '{' || token.text === '}')) clause = undefined
    last = token
  }
  const word = here
  if (last?.type === 'word' && /^PREFIX$/i.test(last.text)) return { ...none, spot: 'prefix', word }
  if (walk.outside > 0 || walk.values || (walk.listing && walk.depth > 0)) return { ...none, spot: 'expression', word }
  if (walk.depth === 0) return { ...none, spot: clause ? 'expression' : 'clause', word }
  return { spot: walk.spot, word, subject: walk.subject, predicate: walk.predicate }
}

/** The triples of a query, as they are written. */
export function triplesOf(text: string): Written[] {
  const walk = new Walk()
  for (const token of tokens(text)) walk.take(token)
  return walk.written
}

/** The variables of a query, in the order in which they first stand. */
export const variablesOf = (text: string): string[] =>
  [...new Set(tokens(text).flatMap((one) => (one.type === 'variable' && one.text.length > 1 ? [one.text] : [])))]
