/** What the renderer tells of the picture, in px of the canvas. */
export interface Point { x: number; y: number }
export interface Dot extends Point { key: string; size: number; colour: string; label: string }
export interface Line { x1: number; y1: number; x2: number; y2: number; colour: string; width: number }

/** Whether a point lies within a polygon (even-odd rule). */
export function inside({ x, y }: Point, polygon: readonly Point[]): boolean {
  let within = false
  polygon.forEach((a, i) => {
    const b = polygon[(i + polygon.length - 1) % polygon.length] ?? a
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) within = !within
  })
  return within
}
