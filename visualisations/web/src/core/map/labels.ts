/** Greedy label placing: the most important first, to the right, left, below or above its node, never over another label. */
export interface Spot { key: string; x: number; y: number; radius: number; text: string; weight: number; strong: boolean }
export interface Placed { spot: Spot; left: number; baseline: number; text: string; width: number }
interface Box { left: number; top: number; right: number; bottom: number }

const CELL = 64

/** Boxes found by the cells of a coarse grid. */
class Taken {
  #cells = new Map<string, Box[]>()

  free(box: Box): boolean {
    for (const cell of cellsOf(box))
      for (const other of this.#cells.get(cell) ?? [])
        if (box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) return false
    return true
  }

  add(box: Box): void {
    for (const cell of cellsOf(box)) {
      const list = this.#cells.get(cell)
      if (list) list.push(box)
      else this.#cells.set(cell, [box])
    }
  }
}

function* cellsOf(box: Box): Generator<string> {
  for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++)
    for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) yield `${x}:${y}`
}

export const shortened = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).trimEnd()}…`

export interface Area { width: number; height: number; limit: number; fontSize: number; measure: (text: string, strong: boolean) => number }

/** At most `limit` labels; strong spots (hovered, selected, their neighbours) come first. */
export function placeLabels(spots: readonly Spot[], area: Area): Placed[] {
  const order = [...spots].sort((a, b) => Number(b.strong) - Number(a.strong) || b.weight - a.weight)
  const taken = new Taken()
  for (const spot of order.slice(0, 40)) {
    const r = spot.radius * 0.7
    taken.add({ left: spot.x - r, top: spot.y - r, right: spot.x + r, bottom: spot.y + r })
  }
  const placed: Placed[] = []
  for (const spot of order) {
    if (placed.length >= area.limit) break
    const text = shortened(spot.text, spot.strong ? 48 : 32)
    const width = area.measure(text, spot.strong)
    const found = boxesAround(spot, width, area.fontSize).find((box) => inside(box, area) && taken.free(box))
    if (!found) continue
    taken.add({ left: found.left - 4, top: found.top - 2, right: found.right + 4, bottom: found.bottom + 2 })
    placed.push({ spot, text, width, left: found.left, baseline: found.bottom - area.fontSize * 0.22 })
  }
  return placed
}

const inside = (box: Box, area: Area): boolean =>
  box.left >= 2 && box.top >= 2 && box.right <= area.width - 2 && box.bottom <= area.height - 2

function boxesAround(spot: Spot, width: number, font: number): Box[] {
  const gap = spot.radius + 4
  const height = font * 1.15
  const at = (left: number, top: number): Box => ({ left, top, right: left + width, bottom: top + height })
  return [
    at(spot.x + gap, spot.y - height / 2),
    at(spot.x - gap - width, spot.y - height / 2),
    at(spot.x - width / 2, spot.y + gap - 2),
    at(spot.x - width / 2, spot.y - gap - height + 2),
  ]
}
