import type { Cell, Choice, GroupOf } from '../api/gaps'
import type { Pair } from '../api/types'
import { capital } from '../format'
import { cellId, groupId } from './place'

export type Pick = (pair: Pair) => string
/** The words for a group that nothing narrows, for one outside the chosen regions, and for all technologies together. */
export interface Said { anybody: string; elsewhere: string; all: string }
/** A row or a column: `id` is stable in every language, `main` and `sub` are what is written. */
export interface Head { id: string; main: string; sub: string; actors: number | null }
/** What stands at one place of the matrix: the most telling cell first, as the server ranks them. */
export interface Box { cells: readonly Cell[] }
export interface Grid { rows: readonly Head[]; columns: readonly Head[]; boxes: ReadonlyMap<string, Box>; axes: Axes; left: number }
/** groups: both sides of a pair; technologies: a technology against two kinds of actors, or against two groups. */
export type Axes = 'groups' | 'technologies'

const MOST = 30
const WIDE = 14

export const at = (row: Head, column: Head): string => `${row.id}|${column.id}`
const name = (choice: Choice | null, pick: Pick): string => (choice ? capital(pick(choice.name)) : '')
const kindsId = (cell: Cell): string => `${cell.a.type?.value ?? ''}-${cell.b.type?.value ?? ''}`
const pairId = (cell: Cell): string => `${groupId(cell.a)}-${groupId(cell.b)}`
const technologyId = (cell: Cell): string => cell.technology?.value ?? ''

/** "Companies · Stockholm County"; what is not narrowed is `anybody`. */
export const groupName = (group: GroupOf, pick: Pick, said: Said): string =>
  [name(group.type, pick), where(group, pick, said)].filter(Boolean).join(' · ') || said.anybody
const where = (group: GroupOf, pick: Pick, said: Said): string => (group.outside ? said.elsewhere : name(group.region, pick))

/**
 * The cells as a matrix: within one technology the groups against each other, else the technologies against pairs of groups,
 * or, when those are many, against pairs of kinds with several cells in a box.
 */
export function grid(cells: readonly Cell[], pick: Pick, said: Said): Grid {
  const technologies = new Set(cells.map(technologyId))
  return technologies.size > 1 ? byTechnology(cells, pick, said) : byGroup(cells, pick, said)
}

/** The technologies of the cells, all together first, then those of which most can be said. */
export function slices(cells: readonly Cell[]): Choice[] {
  const told = new Map<string, number>()
  const held = new Map<string, Choice>()
  for (const cell of cells) {
    const id = technologyId(cell)
    if (cell.technology) held.set(id, cell.technology)
    told.set(id, (told.get(id) ?? 0) + (isTold(cell) ? 1000 : 1))
  }
  return [...held.values()].sort((a, b) => (told.get(b.value) ?? 0) - (told.get(a.value) ?? 0) || a.value.localeCompare(b.value))
}

const ALL = 'cleantech'
/** Without the cells of cleantech as a technology beside those of all technologies together, which say the same; the chosen one stays. */
export const withoutTwins = (cells: readonly Cell[], chosen = ''): Cell[] =>
  cells.some((cell) => !cell.technology) ? cells.filter((cell) => cell.technology?.value !== ALL || cellId(cell) === chosen) : [...cells]

/**
 * The groups of some regions against everything: a row for each of their groups and kind on the other side, a column for each
 * region of the other side. Null where a cell has no side in one of the regions.
 */
export function toward(cells: readonly Cell[], regions: readonly string[], pick: Pick, said: Said): Grid | null {
  const inside = (group: GroupOf): boolean => regions.includes(group.region?.value ?? '')
  if (!cells.length || cells.some((cell) => !inside(cell.a) && !inside(cell.b))) return null
  const rows = new Map<string, Head>()
  const columns = new Map<string, Head>()
  const places = new Map<Cell, string[]>()
  for (const cell of cells) {
    for (const [here, there] of [[cell.a, cell.b], [cell.b, cell.a]] as const) {
      if (!inside(here)) continue
      const id = `${groupId(here)}>${there.type?.value ?? ''}`
      const [kind, other, place] = [name(here.type, pick), name(there.type, pick), where(here, pick, said)]
      rows.set(id, { id, main: kind || place, sub: kind ? [place, other && `× ${other}`].filter(Boolean).join(' ') : '', actors: here.actors })
      const column = there.outside ? '!' : (there.region?.value ?? '')
      const held = columns.get(column)
      columns.set(column, { id: column, main: where(there, pick, said) || said.anybody, sub: '', actors: Math.max(held?.actors ?? 0, there.actors) })
      places.set(cell, [...(places.get(cell) ?? []), `${id}|${column}`])
    }
  }
  return cut('groups', byActors(rows), byActors(columns), boxed(cells, (cell) => places.get(cell) ?? []))
}

function byTechnology(cells: readonly Cell[], pick: Pick, said: Said): Grid {
  const few = new Set(cells.map(pairId)).size <= WIDE
  const rows = new Map<string, Head>()
  const columns = new Map<string, Head>()
  for (const cell of cells) {
    const id = technologyId(cell)
    rows.set(id, { id, main: name(cell.technology, pick) || said.all, sub: '', actors: null })
    const column = few ? pairId(cell) : kindsId(cell)
    const sides = few ? [groupName(cell.a, pick, said), groupName(cell.b, pick, said)] : [name(cell.a.type, pick) || said.anybody, name(cell.b.type, pick) || said.anybody]
    columns.set(column, { id: column, main: sides[0] ?? '', sub: sides[1] ?? '', actors: null })
  }
  const boxes = boxed(cells, (cell) => [`${technologyId(cell)}|${few ? pairId(cell) : kindsId(cell)}`])
  return cut('technologies', byLack(rows, cells, technologyId), byLack(columns, cells, few ? pairId : kindsId), boxes)
}

function byGroup(cells: readonly Cell[], pick: Pick, said: Said): Grid {
  const head = (group: GroupOf): Head => {
    const main = name(group.type, pick)
    const sub = where(group, pick, said)
    return { id: groupId(group), main: main || sub || said.anybody, sub: main ? sub : '', actors: group.actors }
  }
  const ones = new Map(cells.map((cell) => [groupId(cell.a), head(cell.a)]))
  const others = new Map(cells.map((cell) => [groupId(cell.b), head(cell.b)]))
  const one = [...ones.keys()].some((id) => others.has(id))
  // the same groups on both sides: every cell stands in the row of each of its groups
  if (one) {
    const all = byActors(new Map([...ones, ...others]))
    const boxes = boxed(cells, (cell) => [`${groupId(cell.a)}|${groupId(cell.b)}`, `${groupId(cell.b)}|${groupId(cell.a)}`])
    return cut('groups', all, all, boxes)
  }
  return cut('groups', byActors(ones), byActors(others), boxed(cells, (cell) => [`${groupId(cell.a)}|${groupId(cell.b)}`]))
}

function boxed(cells: readonly Cell[], places: (cell: Cell) => string[]): Map<string, Box> {
  const boxes = new Map<string, Cell[]>()
  for (const cell of cells) for (const place of new Set(places(cell))) boxes.set(place, [...(boxes.get(place) ?? []), cell])
  return new Map([...boxes].map(([place, held]) => [place, { cells: held }]))
}

const byActors = (heads: ReadonlyMap<string, Head>): Head[] =>
  [...heads.values()].sort((a, b) => (b.actors ?? 0) - (a.actors ?? 0) || a.id.localeCompare(b.id))

/** What lacks most ties first; then what something can be said of; all technologies together stand above each of them. */
function byLack(heads: ReadonlyMap<string, Head>, cells: readonly Cell[], idOf: (cell: Cell) => string): Head[] {
  const lack = new Map<string, number>()
  const told = new Map<string, number>()
  for (const cell of cells) {
    const id = idOf(cell)
    if (cell.status === 'gap') lack.set(id, (lack.get(id) ?? 0) + cell.expected - cell.observed)
    told.set(id, (told.get(id) ?? 0) + (isTold(cell) ? 1000 : cell.status === 'cannot-say' ? 1 : 0))
  }
  const more = (counts: Map<string, number>, a: Head, b: Head): number => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0)
  return [...heads.values()].sort((a, b) => Number(b.id === '') - Number(a.id === '') || more(lack, a, b) || more(told, a, b) || a.id.localeCompare(b.id))
}

/** Whether the data says anything of a cell; "cannot say" and "too few actors" are no findings. */
export const isTold = (cell: Cell): boolean => cell.status !== 'cannot-say' && cell.status !== 'too-few-actors'

/** At most `MOST` of each; `left` counts the cells that are not drawn: they stand in the list. */
function cut(axes: Axes, rows: readonly Head[], columns: readonly Head[], boxes: ReadonlyMap<string, Box>): Grid {
  return counted({ rows: rows.slice(0, MOST), columns: columns.slice(0, MOST), boxes, axes, left: 0 })
}

function counted(grid: Grid): Grid {
  const shown = new Set(grid.rows.flatMap((row) => grid.columns.flatMap((column) => grid.boxes.get(at(row, column))?.cells.map(cellId) ?? [])))
  const all = new Set([...grid.boxes.values()].flatMap((box) => box.cells.map(cellId)))
  return { ...grid, left: all.size - shown.size }
}

/** The rows and columns of which something can be said, and those of the chosen cell; all that hold a cell when that is nothing. */
export function told(grid: Grid, chosen = ''): Grid {
  const said = only(grid, (cell) => isTold(cell) || cellId(cell) === chosen)
  return said.rows.length ? said : only(grid, () => true)
}

function only(grid: Grid, wanted: (cell: Cell) => boolean): Grid {
  const says = (row: Head, column: Head): boolean => (grid.boxes.get(at(row, column))?.cells ?? []).some(wanted)
  const rows = grid.rows.filter((row) => grid.columns.some((column) => says(row, column)))
  const columns = grid.columns.filter((column) => grid.rows.some((row) => says(row, column)))
  return counted({ ...grid, rows, columns })
}

/** Where an arrow key leads from a place of a matrix of so many rows and columns; null when the key is another one. */
export function moved(key: string, row: number, column: number, rows: number, columns: number, control = false): [number, number] | null {
  const inside = (value: number, most: number): number => Math.min(most - 1, Math.max(0, value))
  if (key === 'ArrowUp') return [inside(row - 1, rows), column]
  if (key === 'ArrowDown') return [inside(row + 1, rows), column]
  if (key === 'ArrowLeft') return [row, inside(column - 1, columns)]
  if (key === 'ArrowRight') return [row, inside(column + 1, columns)]
  if (key === 'Home') return control ? [0, 0] : [row, 0]
  if (key === 'End') return control ? [rows - 1, columns - 1] : [row, columns - 1]
  return null
}
