import { type ApiError, apiError, isAbort } from '../api/client'
import { gaps, type Finding } from '../api/gaps'
import { Resource } from '../resource.svelte'
import { joined } from './joined'
import { patient } from './patient'

/** A finding page by page: `value` holds what has come so far. */
export class Pages<Row> extends Resource<Finding<Row>> {
  coming = $state(false)
  refused = $state.raw<ApiError | null>(null)

  /** The next page, when there is one. */
  more = async (): Promise<void> => {
    const held = this.value
    if (!held?.next || this.coming) return
    const next = held.next
    this.coming = true
    this.refused = null
    try {
      const page = await patient((going) => gaps.follow<Row>(next, going), new AbortController().signal)
      if (this.value === held) this.value = joined(held, page)
    } catch (reason) {
      if (!isAbort(reason)) this.refused = apiError(reason)
    } finally {
      this.coming = false
    }
  }
}
