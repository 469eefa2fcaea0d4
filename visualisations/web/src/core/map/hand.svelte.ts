import { vocabulary } from '../vocabulary.svelte'
import { h, hCount, type HandKey } from './hand-words'
import { hiddenOf, hiding, keeping, leftOut, marking, pinning, showing, unpinning, type Held } from './held'
import { Steps } from './history'
import type { MapGraph, Row } from './model'
import type { MapPage } from './page.svelte'
import type { Renderer } from './renderer'

const same = (a: Held, b: Held): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What the hand does to the map: hides, keeps, draws around, moves; each step can be undone. The state is in the address. */
export class Hand {
  /** What was done, for who does not see it. */
  said = $state('')
  /** As text: what did not change is not done again at each change of the address. */
  readonly #text = $derived.by(() => JSON.stringify(this.page.state.held))
  readonly held: Held = $derived.by(() => JSON.parse(this.#text) as Held)
  readonly hidden: ReadonlySet<string> = $derived.by(() => hiddenOf(this.held, this.page.graph?.keys ?? []))
  readonly hiddenRows: Row[] = $derived.by(() => this.#rows(this.hidden))
  /** The set: what of it the map has and shows. */
  readonly set: Row[] = $derived.by(() => this.#rows(this.held.mark).filter((row) => !this.hidden.has(row.key)))
  readonly notices: string[] = $derived.by(() => {
    const left = leftOut(this.held)
    return [...(left ? [hCount('tooLong', left)] : []), ...(this.held.missing ? [hCount('missing', this.held.missing)] : [])]
  })
  canUndo = $state(false)
  canRedo = $state(false)
  readonly #steps: Steps<Held>
  #home = new Map<string, { x: number; y: number }>()
  #placed: MapGraph | null = null

  constructor(readonly page: MapPage) {
    this.#steps = new Steps(page.state.held, same)
  }

  #rows = (keys: Iterable<string>): Row[] => [...keys].flatMap((key) => this.page.row(key) ?? [])
  name = (key: string): string => this.page.row(key)?.name ?? key

  #do(held: Held, said: string): void {
    this.said = said
    this.page.hold(held)
  }

  /** The address changed: by a step, or by the back button. */
  arrive(held: Held): void {
    this.#steps.arrive(held)
    this.canUndo = this.#steps.canUndo
    this.canRedo = this.#steps.canRedo
  }
  undo = (): void => this.#travel(this.#steps.undo(), h('didUndo'))
  redo = (): void => this.#travel(this.#steps.redo(), h('didRedo'))
  #travel(held: Held | null, said: string): void {
    if (held) this.#do(held, said)
  }

  /** What is hidden is not selected any more. */
  hide = (keys: readonly string[]): void => {
    if (!keys.length) return
    const { sel } = this.page.state
    this.said = hCount('didHide', keys.length)
    this.page.hold(hiding(this.held, keys), sel && keys.includes(sel) ? null : sel)
  }
  keep = (keys: readonly string[]): void => this.#do(keeping(this.held, keys), hCount('didKeep', keys.length))
  show = (key: string): void => this.#do(showing(this.held, key), h('didShow', { name: this.name(key) }))
  showAll = (): void => this.#do({ ...this.held, hide: [], only: [] }, h('didShowAll'))
  mark = (keys: readonly string[], add = false): void => {
    if (!keys.length) { this.said = h('lassoNone'); return }
    const held = marking(this.held, keys, add)
    this.#do(held, hCount('didMark', held.mark.length))
  }
  drop = (key: string): void => {
    const mark = this.held.mark.filter((one) => one !== key)
    this.#do({ ...this.held, mark }, mark.length ? hCount('didMark', mark.length) : h('didClear'))
  }
  toggleMark = (key: string): void => (this.held.mark.includes(key) ? this.drop(key) : this.mark([key], true))
  clear = (): void => this.#do({ ...this.held, mark: [] }, h('didClear'))
  pin = (key: string, x: number, y: number): void => this.#do(pinning(this.held, { key, x, y }), h('didPin', { name: this.name(key) }))
  unpin = (key: string): void => this.#do(unpinning(this.held, key), h('didUnpin', { name: this.name(key) }))
  isPinned = (key: string): boolean => this.held.pin.some((pin) => pin.key === key)

  /** Only this and its neighbours; again: two steps; again: everything. */
  ego = (key: string, steps?: 1 | 2 | 0): void => {
    const { filter } = this.page.state
    const next = steps ?? (filter.ego !== key ? 1 : filter.steps === 1 ? 2 : 0)
    this.page.change(next ? { ...filter, ego: key, steps: next } : { ...filter, ego: null, steps: 1 })
  }

  say(key: string, ties: readonly string[] = [], at = 0, all = 0): void {
    const row = this.page.row(key)
    if (!row) return
    const values = { name: row.name, kind: vocabulary.kind(row.kind), at, all, ties: ties.map(vocabulary.tie).join(', ') }
    this.said = h(all ? 'walkStep' : 'said', values)
  }

  /** Nodes to where they were put; those of the step before back to where they were. */
  arrange(renderer: Renderer, held: Held): void {
    if (renderer.graph !== this.#placed) this.#home = new Map()
    this.#placed = renderer.graph
    const pinned = new Set(held.pin.map((pin) => pin.key))
    for (const [key, { x, y }] of this.#home) if (!pinned.has(key)) { renderer.place(key, x, y); this.#home.delete(key) }
    for (const { key, x, y } of held.pin) {
      this.remember(renderer, key)
      renderer.place(key, x, y)
    }
  }

  /** Where it stood before it was moved. */
  remember(renderer: Renderer, key: string): void {
    const { graph } = renderer
    const node = graph.indexOf(key)
    if (!this.#home.has(key) && node >= 0) this.#home.set(key, { x: graph.x[node] ?? 0, y: graph.y[node] ?? 0 })
  }

  tell = (key: HandKey): void => { this.said = h(key) }
}
