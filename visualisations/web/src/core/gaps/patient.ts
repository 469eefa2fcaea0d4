import { ApiError } from '../api/client'

const TRIES = 40
const PAUSE_MS = 1500

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => { clearTimeout(timer); reject(new DOMException('aborted', 'AbortError')) }
    const timer = setTimeout(() => { signal.removeEventListener('abort', stop); resolve() }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}

/** Ask again while the server says 503: it goes on working out what takes longer than one answer may. */
export async function patient<T>(ask: (signal: AbortSignal) => Promise<T>, signal: AbortSignal, ms = PAUSE_MS): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await ask(signal)
    } catch (reason) {
      if (!(reason instanceof ApiError) || reason.status !== 503 || tried >= TRIES) throw reason
      await pause(ms, signal)
    }
  }
}
