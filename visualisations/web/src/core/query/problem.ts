import type { QueryProblem } from '../api/query'
import { declared } from './parameters'
import { tokens } from './tokens'

/** What kind of trouble a query is in: each has its own words, `q` + this name in the texts. */
export type Trouble = 'Syntax' | 'Evaluate' | 'Forbidden' | 'Large' | 'Many' | 'Memory' | 'Late' | 'Busy' | 'Engine' | 'Offline' | 'Other'

export function troubleOf(problem: QueryProblem): Trouble {
  const { status, line, title, retryAfter } = problem
  if (status === 0) return 'Offline'
  if (status === 400) return line === null ? 'Evaluate' : 'Syntax'
  if (status === 403) return 'Forbidden'
  if (status === 413 || status === 414 || status === 431) return 'Large'
  if (status === 429) return 'Many'
  if (status === 503) return title === 'Memory limit reached' ? 'Memory' : (retryAfter ?? 0) >= 10 ? 'Late' : 'Busy'
  return status === 500 ? 'Engine' : 'Other'
}

/** Where line and column (in characters, both from 1) are in a text, as an offset that its ends bound. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n')
  const index = Math.min(Math.max(1, line), lines.length) - 1
  const before = lines.slice(0, index).reduce((sum, one) => sum + one.length + 1, 0)
  const held = [...(lines[index] ?? '')].slice(0, Math.max(0, column - 1)).join('')
  return before + held.length
}

/** The first prefix that a query uses without saying what it stands for; null when all are declared. */
export function undeclared(query: string): string | null {
  const known = declared(query)
  let before = ''
  for (const token of tokens(query)) {
    if (token.type === 'name' && !/^PREFIX$/i.test(before)) {
      const prefix = token.text.slice(0, token.text.indexOf(':'))
      if (!(prefix in known)) return prefix
    }
    if (token.type !== 'comment') before = token.text
  }
  return null
}

/** What stands where a text could not be read on, as short as a person needs it; `null` at its end. */
export function unexpected(query: string, line: number, column: number): string | null {
  const rest = query.slice(offsetOf(query, line, column)).trimStart()
  return rest ? (/^(?:[\p{L}\p{N}_:?$@-]+|.)/u.exec(rest)?.[0] ?? rest.charAt(0)).slice(0, 40) : null
}

/** Whether the words of a parser are a list of all that could have stood there. */
export const isDump = (message: string): boolean => message.length > 160 || /expected one of/i.test(message)

/** The number of the LIMIT that ends a query, null without one. */
export function limitOf(query: string): number | null {
  const found = tokens(query).filter((one) => one.type !== 'comment').slice(-4)
  const at = found.findIndex((one) => /^LIMIT$/i.test(one.text))
  return at < 0 || found.slice(at).some((one) => one.text === '}') ? null : Number(found[at + 1]?.text ?? Number.NaN) || null
}
