import { ApiError } from './api/client'

const MARK = 'chunk-reload'

/** A part of the program that is fetched when a page needs it. After a rebuild its old name is gone: then the page loads anew, once. */
export async function chunk<T>(fetch: () => Promise<T>): Promise<T> {
  try {
    const part = await fetch()
    sessionStorage.removeItem(MARK)
    return part
  } catch (reason) {
    if (!sessionStorage.getItem(MARK) && (await rebuilt())) {
      sessionStorage.setItem(MARK, '1')
      location.reload()
      return new Promise<T>(() => undefined)
    }
    throw new ApiError(0, String(reason))
  }
}

/** Whether the server answers: a reload without it would leave the browser's own error page. */
async function rebuilt(): Promise<boolean> {
  try {
    return (await fetch('/health', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}
