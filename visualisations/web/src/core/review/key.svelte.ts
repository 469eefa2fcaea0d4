import { ApiError, apiError } from '../api/client'
import { isHeaderText, review, type Decisions } from '../api/review'

const NAME = 'cleantech-kg:review-key'

function kept(): string | null {
  try {
    return sessionStorage.getItem(NAME)
  } catch {
    return null
  }
}

/** The reviewer's key: in memory and, until the tab is closed, in sessionStorage; never in the address. */
class ReviewKey {
  value = $state<string | null>(kept())
  error = $state<ApiError | null>(null)
  checking = $state(false)

  /** Take it when the server does; what it says of the decisions so far, or null. */
  async give(text: string): Promise<Decisions | null> {
    const key = text.trim()
    this.error = null
    if (!isHeaderText(key)) {
      this.error = new ApiError(401, '')
      return null
    }
    this.checking = true
    try {
      const found = await review.decisions(key, 0, 1, false)
      this.#keep(key)
      return found
    } catch (reason) {
      this.error = apiError(reason)
      return null
    } finally {
      this.checking = false
    }
  }

  /** The server refused it: it is asked for again. */
  refuse(error: ApiError): void {
    this.forget()
    this.error = error
  }

  forget(): void {
    this.value = null
    this.error = null
    try {
      sessionStorage.removeItem(NAME)
    } catch {
      // a browser that forbids storage has kept nothing
    }
  }

  #keep(key: string): void {
    this.value = key
    try {
      sessionStorage.setItem(NAME, key)
    } catch {
      // it holds until the page is closed
    }
  }
}

export const reviewKey = new ReviewKey()
