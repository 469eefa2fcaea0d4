export interface Named { value: string; names: readonly string[] }

const pairs = (text: string): Set<string> => {
  const plain = ` ${text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, ' ').trim()} `
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, i) => plain.slice(i, i + 2)))
}

/** How much two words have in common, 0 to 1: their pairs of letters. */
export function likeness(one: string, other: string): number {
  const [a, b] = [pairs(one), pairs(other)]
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size || 1)
}

/** The values whose names come nearest to what was typed; none that has little in common with it. */
export function nearest(typed: string, known: readonly Named[], most = 3): string[] {
  return known
    .map(({ value, names }) => ({ value, near: Math.max(...[value, ...names].map((name) => likeness(typed, name))) }))
    .filter(({ near }) => near >= 0.35)
    .sort((a, b) => b.near - a.near || a.value.localeCompare(b.value))
    .slice(0, most)
    .map(({ value }) => value)
}
