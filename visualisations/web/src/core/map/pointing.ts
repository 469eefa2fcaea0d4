import type { Bundle } from './bundles'
import type { Overlay } from './overlay'
import type { Picking } from './picking'
import type { Point } from './shown'
import type { Stage } from './stage'

export interface Pointed {
  hover(key: string | null): void
  select(key: string | null): void
  /** The bundle under the pointer, and where that is in px. */
  bundle?(bundle: Bundle | null, at: Point): void
}

/** What the pointer does: a node before a bundle, a bundle before the empty paper; `open` is for a bundle that is clicked. */
export function pointing(stage: Stage, container: HTMLElement, picking: Picking, overlay: Overlay, events: Pointed, open: (bundle: Bundle) => void): void {
  const hover = (key: string | null): void => {
    container.style.cursor = key ? 'pointer' : ''
    events.hover(key)
  }
  const over = (bundle: Bundle | null, at: Point): void => {
    const onNode = picking.painter.hovered >= 0
    if (bundle !== overlay.hovered) {
      overlay.hovered = bundle
      stage.scheduleRender()
    }
    if (!onNode) container.style.cursor = bundle ? 'pointer' : ''
    events.bundle?.(bundle, at)
  }
  stage.pickBy((at) => picking.nodeAt(at))
  stage.on('enterNode', ({ node }) => hover(node))
  stage.on('leaveNode', () => hover(null))
  stage.on('clickNode', ({ node }) => events.select(node))
  stage.on('moveBody', ({ event }) => over(picking.painter.hovered < 0 ? picking.bundleAt(event) : null, event))
  stage.on('clickStage', ({ event }) => {
    const bundle = picking.bundleAt(event)
    if (!bundle) return events.select(null)
    over(null, event)
    open(bundle)
  })
}
