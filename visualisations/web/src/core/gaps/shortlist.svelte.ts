import { type ApiError, apiError, isAbort } from '../api/client'
import { gaps, type Explained, type Finding, type Introduction } from '../api/gaps'
import { Resource } from '../resource.svelte'
import { patient } from './patient'
import { pickKeys, withDay } from './shortlist'

/** What is known of the pairs of the shortlist: asked for one after the other, each once. */
export class Picked {
  #told = $state.raw<ReadonlyMap<string, Explained | ApiError>>(new Map())
  #abort: AbortController | null = null
  /** The lists of the venture day of the same filter, whose reasons come first. */
  readonly day = new Resource<Finding<Introduction>>()

  of(pick: string): Explained | ApiError | null {
    const told = this.#told.get(pick) ?? null
    return told === null || told instanceof Error ? told : withDay(told, this.day.value)
  }

  within(query: string): void {
    void this.day.load((signal) => patient((going) => gaps.find<Introduction>('venture-day', query, going), signal))
  }

  async load(picks: readonly string[]): Promise<void> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    for (const pick of picks) {
      const keys = pickKeys(pick)
      if (!keys || this.#told.has(pick)) continue
      let told: Explained | ApiError
      try {
        told = await patient((going) => gaps.explain(...keys, '', going), abort.signal)
      } catch (reason) {
        if (isAbort(reason) || abort.signal.aborted) return
        told = apiError(reason)
      }
      if (abort.signal.aborted) return
      this.#told = new Map(this.#told).set(pick, told)
    }
  }

  /** Ask again for those that did not come. */
  retry(picks: readonly string[]): void {
    this.#told = new Map([...this.#told].filter(([, told]) => !(told instanceof Error)))
    void this.load(picks)
  }
}
