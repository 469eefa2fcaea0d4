/** Ten colours for communities; what stands behind the ten largest is grey. Names beside them say what a colour is. */
export const COMMUNITY_COLOURS: Record<'light' | 'dark', readonly string[]> = {
  light: ['#1f6fb5', '#d9730d', '#2a8a4a', '#c0362c', '#7c53c3', '#8a5a34', '#cf4a97', '#0e8f9c', '#8f8a00', '#3a418f', '#a9b4af'],
  dark: ['#6db0f0', '#ffae57', '#6fd08c', '#ff8277', '#b89df2', '#caa07f', '#f598c9', '#4fcfdb', '#d6d44c', '#8f9aff', '#56635d'],
}

export function mixed(from: string, to: string, share: number): string {
  const channel = (at: number): string => {
    const [a, b] = [from, to].map((colour) => parseInt(colour.slice(at, at + 2), 16))
    return Math.round((a ?? 0) * (1 - share) + (b ?? 0) * share).toString(16).padStart(2, '0')
  }
  return `#${channel(1)}${channel(3)}${channel(5)}`
}

/** The grey of the many in words: darker than the dots. */
export const QUIET = { light: '#6b7772', dark: '#93a19b' } as const

/** Red, green and blue from 0 to 1. */
export const rgb = (colour: string): [number, number, number] =>
  [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255) as [number, number, number]
