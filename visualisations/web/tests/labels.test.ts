import { describe, expect, it } from 'vitest'
import { placeLabels, shortened, type Spot } from '../src/core/map/labels'

const AREA = { width: 800, height: 600, limit: 50, fontSize: 12, measure: (text: string) => text.length * 6 }
const spot = (key: string, x: number, y: number, weight = 5, strong = false): Spot => ({ key, x, y, radius: 5, text: `name of ${key}`, weight, strong })

describe('labels', () => {
  it('never cover each other', () => {
    const spots = Array.from({ length: 200 }, (_, i) => spot(`n${i}`, (i * 97) % 800, (i * 61) % 600))
    const boxes = placeLabels(spots, [], AREA).map((each) => ({ left: each.left, right: each.left + each.text.length * 6, bottom: each.baseline, top: each.baseline - 12 }))
    expect(boxes.length).toBeGreaterThan(20)
    for (const a of boxes) for (const b of boxes)
      if (a !== b) expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false)
  })
  it('stay inside the picture and below the limit', () => {
    expect(placeLabels([spot('edge', 799, 300)], [], AREA)[0]?.left).toBeLessThan(799 - 60)
    expect(placeLabels(Array.from({ length: 90 }, (_, i) => spot(`n${i}`, 10, i * 30)), [], { ...AREA, height: 3000, limit: 7 })).toHaveLength(7)
  })
  it('place the chosen one first, however small', () => {
    const placed = placeLabels([spot('big', 400, 300, 20), spot('chosen', 402, 302, 1, true)], [], AREA)
    expect(placed[0]?.spot.key).toBe('chosen')
  })
  it('shorten long names between words', () => {
    expect(shortened('a'.repeat(40), 10)).toBe(`${'a'.repeat(9)}…`)
    expect(shortened('Swedish Foundation for Strategic Research', 36)).toBe('Swedish Foundation for Strategic…')
  })
})
