import type { QueryProblem } from '../api/query'

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
