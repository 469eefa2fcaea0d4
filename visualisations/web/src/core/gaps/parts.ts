export interface Part { name: string; value: number; share: number }

/** What a score is made of, the largest first; `share` is the length of its bar: of the largest size, 0 to 1. */
export function partsOf(parts: Readonly<Record<string, number>>): Part[] {
  const rows = Object.entries(parts).filter(([, value]) => Number.isFinite(value) && value !== 0)
  const most = Math.max(...rows.map(([, value]) => Math.abs(value)), 0)
  return rows
    .map(([name, value]) => ({ name, value, share: most ? Math.abs(value) / most : 0 }))
    .sort((a, b) => b.value - a.value || a.name.localeCompare(b.name))
}
