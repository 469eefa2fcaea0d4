/** Frames that are looked at; the first one also makes the buffers, and does not count. */
const FRAMES = 5
/** A picture that takes longer (ms) cannot be worked with. Software GL takes a tenth of that for 10,000 nodes. */
const SLOW = 1500

/** The middle of the times between frames, without the first. */
export function median(times: readonly number[]): number {
  const rest = times.slice(1).sort((a, b) => a - b)
  return rest[Math.floor(rest.length / 2)] ?? 0
}

export const isSlow = (times: readonly number[]): boolean => times.length >= FRAMES && median(times) > SLOW

/** Tells how many ms a frame takes when that is too slow; a page in the background says nothing of the machine. */
export function watchPace(tell: (ms: number) => void): () => void {
  const times: number[] = []
  let last = performance.now()
  let request = requestAnimationFrame(frame)
  function frame(now: number): void {
    if (document.hidden) return
    times.push(now - last)
    last = now
    if (times.length < FRAMES) request = requestAnimationFrame(frame)
    else if (isSlow(times)) tell(median(times))
  }
  return () => cancelAnimationFrame(request)
}
