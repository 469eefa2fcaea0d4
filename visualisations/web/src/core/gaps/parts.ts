export interface Part { name: string; value: number; share: number }
/** `sum` add up to the score; `read` is what the part `model` of it was read from. */
export interface Made { sum: Part[]; read: Part[] }

const SUMMANDS: readonly string[] = ['model', 'reasons', 'useful', 'untried', 'focus', 'inside', 'spread']

/** What a score is made of, the largest first; `share` is the length of a bar: of the largest of its list, 0 to 1. */
export function madeOf(parts: Readonly<Record<string, number>>): Made {
  const rows = Object.entries(parts).filter(([, value]) => Number.isFinite(value) && value !== 0)
  const within = (some: [string, number][]): Part[] => {
    const most = Math.max(...some.map(([, value]) => Math.abs(value)), 0)
    return some.map(([name, value]) => ({ name, value, share: Math.abs(value) / most })).sort((a, b) => b.value - a.value || a.name.localeCompare(b.name))
  }
  if (!('model' in parts)) return { sum: within(rows), read: [] }
  return { sum: within(rows.filter(([name]) => SUMMANDS.includes(name))), read: within(rows.filter(([name]) => !SUMMANDS.includes(name))) }
}
