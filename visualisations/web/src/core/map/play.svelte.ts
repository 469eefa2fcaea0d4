/** A window of years that moves through a span: what is shown, how fast, and whether it runs. */
export const SPEEDS = { slow: 2400, normal: 1300, fast: 600 } as const
export type Speed = keyof typeof SPEEDS
export const WIDTHS = [1, 3, 5, 10] as const

export interface Span { from: number; to: number }

/** The next window of `width` years, or null at the end of the span. */
export function next(window: Span, span: Span): Span | null {
  return window.to >= span.to ? null : { from: window.from + 1, to: Math.min(span.to, window.to + 1) }
}
export const before = (window: Span, span: Span): Span =>
  window.from <= span.from ? window : { from: window.from - 1, to: window.to - 1 }
export const begin = (span: Span, width: number): Span => ({ from: span.from, to: Math.min(span.to, span.from + width - 1) })

export class Player {
  window = $state.raw<Span>({ from: 0, to: 0 })
  running = $state(false)
  speed = $state<Speed>('normal')
  width = $state<number>(1)

  constructor(readonly span: Span, readonly onstep: (window: Span) => void) {
    this.width = span.to - span.from > 12 ? 3 : 1
    this.window = begin(span, this.width)
    onstep(this.window)
  }

  #show(window: Span): void {
    this.window = window
    this.onstep(window)
  }

  /** From the beginning again, when it stands at the end. */
  start = (): void => {
    if (!next(this.window, this.span)) this.#show(begin(this.span, this.width))
    this.running = true
  }
  pause = (): void => { this.running = false }
  step = (): void => {
    const following = next(this.window, this.span)
    if (following) this.#show(following)
    else this.running = false
  }
  back = (): void => this.#show(before(this.window, this.span))
  resize = (width: number): void => {
    this.width = width
    const from = Math.max(this.span.from, Math.min(this.window.from, this.span.to - width + 1))
    this.#show({ from, to: Math.min(this.span.to, from + width - 1) })
  }
}
