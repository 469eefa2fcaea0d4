import { queries, QueryProblem, type Answer } from '../api/query'
import { isAbort } from '../api/client'
import { tableOf, type Table } from './result'

export interface Outcome { query: string; answer: Answer; table: Table }

/** One query at a time: what runs, what came, what went wrong. A new one stops the one before. */
export class Session {
  running = $state(false)
  stopped = $state(false)
  outcome = $state.raw<Outcome | null>(null)
  problem = $state.raw<QueryProblem | null>(null)
  /** What the problem is about. */
  asked = $state('')
  #abort: AbortController | null = null

  async run(query: string): Promise<boolean> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    this.running = true
    this.stopped = false
    this.asked = query
    try {
      const answer = await queries.ask(query, abort.signal)
      const table = tableOf(answer)
      if (abort.signal.aborted) return false
      this.outcome = { query, answer, table }
      this.problem = null
    } catch (reason) {
      if (isAbort(reason) || abort.signal.aborted) return false
      this.problem = reason instanceof QueryProblem ? reason : new QueryProblem(0, String(reason), '', null, null, null, null)
      this.outcome = null
    }
    this.running = false
    return this.problem === null
  }

  /** The connection closes, and the server stops the query. */
  stop(): void {
    if (!this.running) return
    this.#abort?.abort()
    this.running = false
    this.stopped = true
  }

  clear(): void {
    this.#abort?.abort()
    this.running = this.stopped = false
    this.outcome = this.problem = null
  }
}
