import { expect, it } from 'vitest'
import { inside } from '../src/core/map/shown'

it('a point lies within a polygon or not, dents included', () => {
  const dented = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }, { x: 5, y: 2 }, { x: 0, y: 10 }]
  expect(inside({ x: 2, y: 2 }, dented)).toBe(true)
  expect(inside({ x: 5, y: 6 }, dented)).toBe(false)
  expect(inside({ x: 12, y: 5 }, dented)).toBe(false)
  expect(inside({ x: 1, y: 1 }, [])).toBe(false)
})
