import { type ApiError, apiError, isAbort } from './api/client'

/** Something fetched: `value` stays while a newer one is on its way, so that pages do not flicker. */
export class Resource<T> {
  value = $state.raw<T | null>(null)
  error = $state.raw<ApiError | null>(null)
  loading = $state(false)
  #abort: AbortController | null = null
  #last: ((signal: AbortSignal) => Promise<T>) | null = null

  async load(fetcher: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    this.#last = fetcher
    this.loading = true
    try {
      const value = await fetcher(abort.signal)
      if (abort.signal.aborted) return
      this.value = value
      this.error = null
    } catch (reason) {
      if (isAbort(reason) || abort.signal.aborted) return
      this.error = apiError(reason)
    }
    this.loading = false
  }

  retry = (): void => {
    if (this.#last) void this.load(this.#last)
  }

  clear(): void {
    this.#abort?.abort()
    this.value = null
    this.error = null
    this.loading = false
  }
}
