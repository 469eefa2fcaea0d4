import { type ApiError, apiError } from '../api/client'
import { review, type Job } from '../api/review'

const EVERY_MS = 1000

/** A build that was started here: how it goes. */
export class Rebuild {
  job = $state.raw<Job | null>(null)
  error = $state.raw<ApiError | null>(null)
  starting = $state(false)
  running = $derived(this.starting || this.job?.state === 'running')

  /** Start one and follow it to its end; true when the new map is there. */
  async start(key: string): Promise<boolean> {
    this.error = null
    this.job = null
    this.starting = true
    try {
      this.job = await review.rebuild(key)
      this.starting = false
      while (this.job.state === 'running') {
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
        this.job = await review.job(key, this.job.job)
      }
      return this.job.state === 'done'
    } catch (reason) {
      this.error = apiError(reason)
      return false
    } finally {
      this.starting = false
    }
  }
}
