import { apiError, isAbort, type ApiError } from '../api/client'
import type { Order } from '../filter'
import { geo, type TableRow } from './geo/api'

export const PART = 100

export interface Asked { query: string; order: Order; lang: string }

/** The rows of the table that have been looked at, in parts of a hundred; a new filter, order or language begins anew. */
export class Rows {
  total = $state<number | null>(null)
  parts = $state.raw<ReadonlyMap<number, readonly TableRow[]>>(new Map())
  error = $state.raw<ApiError | null>(null)
  #asked: Asked | null = null
  #abort = new AbortController()
  readonly #under = new Set<number>()

  /** Rows of the former filter stay in sight until the first of the new ones are here. */
  begin(asked: Asked): void {
    this.#abort.abort()
    this.#abort = new AbortController()
    this.#under.clear()
    this.#asked = asked
    this.error = null
    void this.#fetch(0, true)
  }

  row = (index: number): TableRow | undefined => this.parts.get(Math.floor(index / PART))?.[index % PART]

  want(from: number, to: number): void {
    for (let part = Math.floor(from / PART); part <= Math.floor(to / PART); part++)
      if (!this.parts.has(part) && !this.#under.has(part)) void this.#fetch(part, false)
  }

  retry = (): void => { if (this.#asked) this.begin(this.#asked) }
  stop = (): void => this.#abort.abort()

  async #fetch(part: number, first: boolean): Promise<void> {
    const asked = this.#asked
    if (!asked) return
    const { signal } = this.#abort
    this.#under.add(part)
    try {
      const sort = `${asked.order.descending ? '-' : ''}${asked.order.column}`
      const found = await geo.rows(asked.query, sort, part * PART, PART, asked.lang, signal)
      if (signal.aborted) return
      this.total = found.total
      this.parts = new Map(first ? [] : this.parts).set(part, found.rows)
    } catch (reason) {
      if (!isAbort(reason) && !signal.aborted) this.error = apiError(reason)
    }
    if (!signal.aborted) this.#under.delete(part)
  }
}
