import type { Hand } from './hand.svelte'
import type { Renderer } from './renderer'
import { around, stepsFrom, strongest, type Step } from './walk'

/** Going along the ties with the keyboard: who is next, and where the walk came from. */
export class Walker {
  /** The neighbour that Enter would go to. */
  next = $state.raw<(Step & { at: number; all: number }) | null>(null)
  #trail: string[] = []

  constructor(readonly hand: Hand) {}

  /** To the next neighbour or the one before; whether there was somebody to walk from. */
  turn(renderer: Renderer, by: 1 | -1): boolean {
    const { sel } = this.hand.page.state
    if (!sel || !renderer.graph.hasNode(sel)) return false
    const steps = stepsFrom(renderer.graph, sel, this.hand.hidden)
    const known = steps.findIndex((step) => step.key === this.next?.key)
    const at = around(steps.length, known < 0 ? null : known, by)
    const step = at === null ? undefined : steps[at]
    if (!step || at === null) { this.hand.tell('walkNone'); return true }
    this.next = { ...step, at: at + 1, all: steps.length }
    this.hand.say(step.key, step.ties, at + 1, steps.length)
    return true
  }

  /** To the chosen neighbour; without a selection to whoever has most neighbours. */
  go(renderer: Renderer): void {
    const { sel } = this.hand.page.state
    const to = this.next?.key ?? (sel ? null : strongest(renderer.graph, this.hand.hidden))
    if (!to) return
    if (sel && renderer.graph.hasNode(sel)) this.#trail.push(sel)
    this.#arrive(renderer, to)
  }

  back(renderer: Renderer): void {
    const to = this.#trail.pop()
    if (to && renderer.graph.hasNode(to)) this.#arrive(renderer, to)
    else this.hand.tell('walkStart')
  }

  #arrive(renderer: Renderer, key: string): void {
    this.next = null
    this.hand.page.select(key)
    this.hand.say(key)
    const point = renderer.viewportOf(key)
    if (!point || !renderer.shows(point)) renderer.centre(key)
  }

  /** Whether there was a step to let go of. */
  end(): boolean {
    const had = this.next !== null
    this.next = null
    return had
  }
}
