import { expect, test } from 'vitest'
import { contrast, distance, nearest, palettes, SIGHTS } from '../scripts/colours.mjs'
import { KIND_COLOURS } from '../src/core/kinds'

/** Least distances in CIELAB for every kind of eyes; docs/decisions/0017-colours.md says how they were reached. */
const LEAST = { 'kinds light': 21, 'kinds dark': 31, 'scale light': 20, 'scale dark': 20 } as const

test('black and white are as far apart as can be, and red and green come near for some', () => {
  expect(distance('#000000', '#ffffff', 'normal')).toBeCloseTo(100, 1)
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 3)
  expect(distance('#c0392b', '#6b7a1e', 'deuteranopia')).toBeLessThan(distance('#c0392b', '#6b7a1e', 'normal') / 2)
})

test.each(palettes().map((palette) => [`${palette.name} ${palette.theme}`, palette] as const))('%s: any two can be told apart with every kind of colour blindness', (name, palette) => {
  for (const sight of SIGHTS) {
    const pair = nearest(palette.colours, sight)
    expect(pair.distance, `${name}, ${sight}: ${pair.a} and ${pair.b}`).toBeGreaterThanOrEqual(LEAST[name as keyof typeof LEAST])
  }
})

test('every kind stands out from paper and card, and the two places of its colour hold the same', () => {
  for (const { name, theme, colours, ground, more } of palettes()) {
    if (name !== 'kinds') continue
    for (const [kind, hex] of Object.entries({ ...colours, ...more })) {
      expect(KIND_COLOURS[theme][kind as keyof (typeof KIND_COLOURS)['light']], kind).toBe(hex)
      for (const under of Object.values(ground)) expect(contrast(hex, under), `${kind}, ${theme}`).toBeGreaterThanOrEqual(3)
    }
  }
})
