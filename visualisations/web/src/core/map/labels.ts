/** Greedy label placing: the most important first, to the right, left, below or above its node; no label covers another. */
export interface Spot { key: string; x: number; y: number; radius: number; text: string; weight: number; strong: boolean }
export interface Placed { spot: Spot; left: number; baseline: number; text: string }
export interface Box { left: number; top: number; right: number; bottom: number }
export interface Area { width: number; height: number; limit: number; fontSize: number; longest?: number; measure: (text: string, strong: boolean) => number; taken?: readonly Box[] }

/** Side of a cell in px: fine enough for a letter, coarse enough for a picture a frame. */
const CELL = 6
/** How much weight of other dots a label may cover, for each squared weight of its own; the first half may cover any. */
const TOLERANCE = 0.3
/** So many candidates are tried for each label that there is room for. */
const TRIES = 5

/** What the cells of the picture hold: the weight of the dots in them, and whether a label lies there. */
class Field {
  readonly #columns: number
  readonly #rows: number
  readonly #weight: Float32Array
  readonly #taken: Uint8Array

  constructor(width: number, height: number) {
    this.#columns = Math.ceil(width / CELL) + 1
    this.#rows = Math.ceil(height / CELL) + 1
    this.#weight = new Float32Array(this.#columns * this.#rows)
    this.#taken = new Uint8Array(this.#columns * this.#rows)
  }

  /** The weight of a dot is spread over the cells that it covers. */
  addDot(dot: Spot): void {
    const reach = Math.max(1, Math.ceil((dot.radius * 2) / CELL))
    const share = dot.weight / (reach * reach)
    this.#each(
      { left: dot.x - dot.radius, top: dot.y - dot.radius, right: dot.x + dot.radius, bottom: dot.y + dot.radius },
      (cell) => { this.#weight[cell] = (this.#weight[cell] ?? 0) + share },
    )
  }

  addLabel(box: Box): void {
    this.#each(box, (cell) => { this.#taken[cell] = 1 })
  }

  /** The weight under the box; infinite when a label lies there. */
  cost(box: Box): number {
    let sum = 0
    this.#each(box, (cell) => { sum += this.#taken[cell] ? Number.POSITIVE_INFINITY : (this.#weight[cell] ?? 0) })
    return sum
  }

  #each(box: Box, visit: (cell: number) => void): void {
    const last = Math.min(this.#columns - 1, Math.floor(box.right / CELL))
    const bottom = Math.min(this.#rows - 1, Math.floor(box.bottom / CELL))
    for (let y = Math.max(0, Math.floor(box.top / CELL)); y <= bottom; y++)
      for (let x = Math.max(0, Math.floor(box.left / CELL)); x <= last; x++) visit(y * this.#columns + x)
  }
}

/** Cut after a whole word, never within brackets or at a comma, where that keeps enough of the text. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text
  const cut = text.slice(0, limit)
  const bracket = cut.lastIndexOf(' (')
  if (bracket > 0 && !cut.includes(')', bracket)) return `${cut.slice(0, bracket)}…`
  let space = cut.lastIndexOf(' ')
  while (space > 0 && /[^\p{L}\p{N}]/u.test(cut.charAt(space - 1))) space = cut.lastIndexOf(' ', space - 1)
  return `${space > limit * 0.4 ? cut.slice(0, space) : cut.slice(0, -1)}…`
}

/** At most `limit` labels; `dots` are all nodes in view, which labels keep clear of where they can; nothing is written over a box that is `taken`. */
export function placeLabels(spots: readonly Spot[], dots: readonly Spot[], area: Area): Placed[] {
  const field = new Field(area.width, area.height)
  for (const dot of dots) field.addDot(dot)
  for (const box of area.taken ?? []) field.addLabel(box)
  const order = [...spots].sort((a, b) => Number(b.strong) - Number(a.strong) || b.weight - a.weight)
  const placed: Placed[] = []
  for (const [rank, spot] of order.slice(0, area.limit * TRIES).entries()) {
    if (placed.length >= area.limit) break
    const text = shortened(spot.text, spot.strong ? 60 : (area.longest ?? 34))
    const least = spot.strong || rank < area.limit / 2 ? Number.MAX_VALUE : spot.weight ** 2 * TOLERANCE
    const box = best(boxesAround(spot, area.measure(text, spot.strong), area.fontSize), least, area, field)
    if (!box) continue
    field.addLabel({ left: box.left - 3, top: box.top, right: box.right + 3, bottom: box.bottom })
    placed.push({ spot, text, left: box.left, baseline: box.bottom - area.fontSize * 0.24 })
  }
  return placed
}

/** The box that covers least, if that is below `limit`. */
function best(boxes: readonly Box[], limit: number, area: Area, field: Field): Box | null {
  let found: Box | null = null
  let least = limit
  for (const box of boxes) {
    if (box.left < 2 || box.top < 2 || box.right > area.width - 2 || box.bottom > area.height - 2) continue
    const cost = field.cost(box)
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
