import type { Hand } from './hand.svelte'
import type { Renderer } from './renderer'
import type { Walker } from './walker.svelte'

export interface Acts { lasso: (on?: boolean) => boolean; help: () => void; screen: () => void }

const STEP = 14  // px that a key moves a node
const TURNS: Record<string, 1 | -1> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
const MOVES: Record<string, [number, number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }

/** What a key does while the picture has the focus; false: it is not ours. */
export function press(event: KeyboardEvent, hand: Hand, walker: Walker, renderer: Renderer, acts: Acts): boolean {
  const { sel } = hand.page.state
  const turn = TURNS[event.key]
  if (turn && event.shiftKey) return sel ? moved(sel, MOVES[event.key] ?? [0, 0], hand, renderer) : false
  if (turn) return walker.turn(renderer, turn)
  const targets = hand.set.length ? hand.set.map((row) => row.key) : sel ? [sel] : []
  const plain: Record<string, () => void> = {
    Enter: () => walker.go(renderer), Backspace: () => walker.back(renderer),
    h: () => hand.hide(targets), l: () => void acts.lasso(), f: acts.screen, '?': acts.help,
    ...(sel ? { m: () => hand.toggleMark(sel), e: () => hand.ego(sel), p: () => { if (hand.isPinned(sel)) hand.unpin(sel) } } : {}),
  }
  if (event.key === 'Escape') return acts.lasso(false) || walker.end()
  const act = plain[event.key.length === 1 ? event.key.toLowerCase() : event.key]
  act?.()
  return act !== undefined
}

function moved(key: string, [right, down]: [number, number], hand: Hand, renderer: Renderer): boolean {
  const from = renderer.viewportOf(key)
  if (!from) return true
  hand.remember(renderer, key)
  const { x, y } = renderer.mapOf({ x: from.x + right * STEP, y: from.y + down * STEP })
  hand.pin(key, x, y)
  return true
}
