/** Greedy label placing: the most important first, to the right, left, below or above its node; no label covers another. */
export interface Spot { key: string; x: number; y: number; radius: number; text: string; weight: number; strong: boolean }
export interface Placed { spot: Spot; left: number; baseline: number; text: string }
export interface Box { left: number; top: number; right: number; bottom: number }
export interface Area { width: number; height: number; limit: number; fontSize: number; measure: (text: string, strong: boolean) => number }

const CELL = 48
/** How much weight of other dots a label may cover, for each squared weight of its own: the large may, the small may not. */
const TOLERANCE = 0.3

/** Things with a box, found by the cells of a coarse grid. */
class Field<T> {
  #cells = new Map<number, { box: Box; item: T }[]>()

  add(box: Box, item: T): void {
    for (const cell of cellsOf(box)) {
      const list = this.#cells.get(cell)
      if (list) list.push({ box, item })
      else this.#cells.set(cell, [{ box, item }])
    }
  }

  *touching(box: Box): Generator<T> {
    for (const cell of cellsOf(box))
      for (const { box: other, item } of this.#cells.get(cell) ?? [])
        if (box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) yield item
  }
}

function* cellsOf(box: Box): Generator<number> {
  for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++)
    for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) yield x * 4096 + y
}

/** Cut after a whole word, not within brackets and not at a comma, where that keeps enough of the text. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text
  const cut = text.slice(0, limit)
  const bracket = cut.lastIndexOf(' (')
  let space = bracket > limit * 0.4 && !cut.includes(')', bracket) ? bracket : cut.lastIndexOf(' ')
  while (space > 0 && /[^\p{L}\p{N}]/u.test(cut.charAt(space - 1))) space = cut.lastIndexOf(' ', space - 1)
  return `${space > limit * 0.4 ? cut.slice(0, space) : cut.slice(0, -1)}…`
}

/** At most `limit` labels; `dots` are all nodes in view, which labels keep clear of where they can. */
export function placeLabels(spots: readonly Spot[], dots: readonly Spot[], area: Area): Placed[] {
  const taken = new Field<true>()
  const field = new Field<Spot>()
  for (const dot of dots) field.add(around(dot), dot)
  const placed: Placed[] = []
  for (const spot of [...spots].sort((a, b) => Number(b.strong) - Number(a.strong) || b.weight - a.weight)) {
    if (placed.length >= area.limit) break
    const text = shortened(spot.text, spot.strong ? 60 : 34)
    const box = best(spot, area.measure(text, spot.strong), area, taken, field)
    if (!box) continue
    taken.add({ left: box.left - 5, top: box.top - 2, right: box.right + 5, bottom: box.bottom + 2 }, true)
    placed.push({ spot, text, left: box.left, baseline: box.bottom - area.fontSize * 0.24 })
  }
  return placed
}

const around = (spot: Spot): Box =>
  ({ left: spot.x - spot.radius, top: spot.y - spot.radius, right: spot.x + spot.radius, bottom: spot.y + spot.radius })

function best(spot: Spot, width: number, area: Area, taken: Field<true>, dots: Field<Spot>): Box | null {
  let found: Box | null = null
  let least = spot.strong ? Number.POSITIVE_INFINITY : spot.weight ** 2 * TOLERANCE
  for (const box of boxesAround(spot, width, area.fontSize)) {
    if (box.left < 2 || box.top < 2 || box.right > area.width - 2 || box.bottom > area.height - 2) continue
    if (!taken.touching(box).next().done) continue
    let cost = 0
    for (const dot of new Set(dots.touching(box))) if (dot !== spot && dot.key !== spot.key) cost += dot.weight
    if (cost < least) {
      least = cost
      found = box
    }
    if (cost === 0) break
  }
  return found
}

function boxesAround(spot: Spot, width: number, font: number): Box[] {
  const gap = spot.radius + 4
  const height = font * 1.2
  const at = (left: number, top: number): Box => ({ left, top, right: left + width, bottom: top + height })
  const [right, left, middle] = [spot.x + gap, spot.x - gap - width, spot.x - width / 2]
  const [level, below, above] = [spot.y - height / 2, spot.y + gap - 2, spot.y - gap - height + 2]
  const slant = spot.radius * 0.7
  return [
    at(right, level), at(left, level), at(middle, below), at(middle, above),
    at(spot.x + slant, above + 2), at(spot.x + slant, below - 2), at(spot.x - slant - width, above + 2), at(spot.x - slant - width, below - 2),
  ]
}
