import { queries, QueryProblem } from '../api/query'
import { tableOf } from './result'
import type { Term } from './terms'

/** A choice and how many things it would leave. */
export interface Choice { term: Term; n: number }

/** Counts by the query that counts them, asked one after the other: the server answers few queries of one address at once. */
export class Counts {
  #held = $state.raw<ReadonlyMap<string, Choice[] | null>>(new Map())
  /** What the server said when it could not count. */
  trouble = $state('')
  #queue: string[] = []
  #busy = false
  #abort = new AbortController()

  /** The choices, `null` when they cannot be counted, `undefined` while they are on their way. */
  of = (query: string): Choice[] | null | undefined => this.#held.get(query)

  want(query: string): void {
    if (this.#held.has(query) || this.#queue.includes(query)) return
    this.#queue.push(query)
    if (!this.#busy) void this.#work()
  }

  /** Count anew what could not be counted. */
  retry(): void {
    this.trouble = ''
    this.#held = new Map([...this.#held].filter(([, found]) => found !== null))
  }

  /** What has not been asked yet is no longer wanted. */
  drop(): void {
    this.#queue = []
  }

  end(): void {
    this.drop()
    this.#abort.abort()
  }

  async #work(): Promise<void> {
    this.#busy = true
    for (let query = this.#queue[0]; query !== undefined && !this.#abort.signal.aborted; query = this.#queue[0]) {
      let found: Choice[] | null = null
      try {
        const table = tableOf(await queries.ask(query, this.#abort.signal))
        const n = table.columns.indexOf('n')
        const choice = table.columns.indexOf('choice')
        found = table.rows.flatMap((row) => (row[n] ? [{ term: row[choice] ?? { type: 'literal', value: '' } as Term, n: Number(row[n].value) }] : [])).filter((one) => one.n > 0)
        this.trouble = ''
      } catch (reason) {
        this.trouble = (reason instanceof QueryProblem && reason.message) || String(reason)
      }
      this.#queue = this.#queue.filter((one) => one !== query)
      this.#held = new Map(this.#held).set(query, found)
    }
    this.#busy = false
  }
}
