import { type ApiError, apiError, isAbort } from '../api/client'
import { review, type Candidate, type Queue, type Verdict } from '../api/review'
import { pairId } from './place'
import { reviewKey } from './key.svelte'

const PAGE = 50
export interface Said { pair: Candidate; verdict: Verdict; note: string; at: number }
export interface Lost extends Said { message: string; status: number }
interface Done extends Said { saved: Promise<string | null> }

/** The pairs that wait, and what was said of them here: shown at once, put back when the server did not take it. */
export class Desk {
  queue = $state.raw<Queue | null>(null)
  pairs = $state.raw<Candidate[]>([])
  error = $state.raw<ApiError | null>(null)
  loading = $state(false)
  saving = $state(0)
  waiting = $state(0)
  /** Decisions that were not saved, with why; nothing of them is lost. */
  lost = $state.raw<Lost[]>([])
  skipped = $state.raw<ReadonlySet<string>>(new Set())
  #done: Done[] = $state.raw([])
  #abort: AbortController | null = null
  #query = ''

  decidedHere = $derived(this.#done.length)
  canUndo = $derived(this.#done.length > 0)
  left = $derived(this.queue ? Math.max(0, this.queue.total - this.#gone()) : 0)
  more = $derived(this.queue ? this.queue.offset + this.queue.pairs.length < this.queue.total : false)

  #gone(): number {
    const here = new Set((this.queue?.pairs ?? []).map(pairId))
    return new Set(this.#done.map((one) => pairId(one.pair)).filter((id) => here.has(id))).size  // Back leads to a pair that may be decided twice
  }

  async load(query: string): Promise<void> {
    this.#query = query
    this.#abort?.abort()
    const abort = (this.#abort = new AbortController())
    this.loading = true
    try {
      await Promise.all(this.#done.map((one) => one.saved))
      const queue = await review.queue(query, 0, PAGE, abort.signal)
      this.queue = queue
      this.pairs = queue.pairs
      this.waiting = queue.waiting
      this.error = null
    } catch (reason) {
      if (isAbort(reason) || abort.signal.aborted) return
      this.error = apiError(reason)
    }
    this.loading = false
  }

  reload = (): Promise<void> => this.load(this.#query)

  /** The first pair that was not skipped, after `after` when it is given. */
  next(after: string | null = null): Candidate | null {
    const from = after === null ? -1 : this.pairs.findIndex((pair) => pairId(pair) === after)
    const free = (pair: Candidate): boolean => !this.skipped.has(pairId(pair)) && pairId(pair) !== after
    return this.pairs.slice(from + 1).find(free) ?? this.pairs.find(free) ?? null
  }

  skip(id: string): void {
    this.skipped = new Set([...this.skipped, id])
  }

  restart(): void {
    this.skipped = new Set()
  }

  /** Take the pair from the queue at once; it comes back, with the reason, when the server does not take the decision. */
  decide(key: string, pair: Candidate, verdict: Verdict, note: string): Promise<boolean> {
    const id = pairId(pair)
    const at = Math.max(0, this.pairs.findIndex((one) => pairId(one) === id))
    const said: Said = { pair, verdict, note, at }
    this.pairs = this.pairs.filter((one) => pairId(one) !== id)
    this.lost = this.lost.filter((one) => pairId(one.pair) !== id)
    this.saving += 1
    const saved = review.decide(key, pair.one, pair.other, verdict, note).then(
      (told) => { this.waiting = told.waiting; return told.decision.id },
      (reason: unknown) => { this.#putBack(said, reason); return null },
    ).finally(() => (this.saving -= 1))
    this.#done = [...this.#done, { ...said, saved }]
    return saved.then((line) => line !== null)
  }

  #putBack(said: Said, reason: unknown): void {
    const error = apiError(reason)
    this.#done = this.#done.filter((one) => one.pair !== said.pair)
    this.#return(said)
    this.lost = [...this.lost, { ...said, message: error.message, status: error.status }]
    if (error.status === 401 || error.status === 403) reviewKey.refuse(error)
  }

  #return(said: Said): void {
    const pairs = this.pairs.filter((one) => pairId(one) !== pairId(said.pair))
    pairs.splice(Math.min(said.at, pairs.length), 0, said.pair)
    this.pairs = pairs
  }

  /** Take the last decision back that was made here; the pair returns. ApiError when the server does not. */
  async undo(key: string): Promise<Candidate | null> {
    const last = this.#done.at(-1)
    if (!last) return null
    const line = await last.saved
    if (line === null) return last.pair
    const told = await review.undo(key, line)
    this.waiting = told.waiting
    this.#done = this.#done.filter((one) => one !== last)
    if (!this.#done.some((one) => pairId(one.pair) === pairId(last.pair))) this.#return(last)
    return last.pair
  }

  forgive(lost: Lost): void {
    this.lost = this.lost.filter((one) => one !== lost)
  }
}
