import type { Hand } from './hand.svelte'
import { dotAt } from './lasso'
import type { Renderer } from './renderer'
import type { Point } from './shown'

/** So many px make a press a movement. */
const LEAST = 4

/**
 * Nodes can be moved with the mouse. The renderer sees the press and the release (its click selects), but nothing of the
 * movement between them, which would move the picture.
 */
export function dragging(stage: HTMLElement, renderer: Renderer, hand: Hand): () => void {
  let held: { key: string; from: Point; moved: boolean } | null = null
  const point = (event: MouseEvent): Point => {
    const { left, top } = stage.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const down = (event: MouseEvent): void => {
    if (event.button !== 0 || !(event.target instanceof HTMLCanvasElement)) return
    const dot = dotAt(renderer.positions(), point(event))
    held = dot ? { key: dot.key, from: point(event), moved: false } : null
  }
  const move = (event: MouseEvent): void => {
    if (!held) return
    event.stopPropagation()
    const to = point(event)
    if (!held.moved && Math.hypot(to.x - held.from.x, to.y - held.from.y) < LEAST) return
    held.moved = true
    hand.remember(renderer, held.key)
    const { x, y } = renderer.mapOf(to)
    renderer.place(held.key, x, y)
  }
  const up = (event: MouseEvent): void => {
    const was = held
    held = null
    if (!was?.moved) return
    const { x, y } = renderer.mapOf(point(event))
    hand.pin(was.key, x, y)
    const swallow = (click: Event): void => click.stopPropagation()
    addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => removeEventListener('click', swallow, { capture: true }))
  }
  stage.addEventListener('mousedown', down, { capture: true })
  addEventListener('mousemove', move, { capture: true })
  addEventListener('mouseup', up, { capture: true })
  return () => {
    stage.removeEventListener('mousedown', down, { capture: true })
    removeEventListener('mousemove', move, { capture: true })
    removeEventListener('mouseup', up, { capture: true })
  }
}
