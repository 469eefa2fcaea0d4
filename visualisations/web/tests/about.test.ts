import { describe, expect, it } from 'vitest'
import { bibtex } from '../src/core/about/cite'

describe('the BibTeX entry', () => {
  it('names generation, day and digest, and lets nothing out of its braces', () => {
    const text = bibtex({ generation: 3, built: '2026-11-26T06:09:48+00:00', sha256: '8da773ba6eca11be371e' }, 'https://x.example/a}b', '2026-11-27')
    expect(text).toContain('@misc{cleantech-kg-3,')
    expect(text).toContain('year         = {2026}')
    expect(text).toContain('\\url{https://x.example/ab}')
    expect(text).toContain('Built 2026-11-26; read 2026-11-27; SHA-256 8da773ba6eca11be; CC BY 4.0')
    expect([...text].filter((letter) => letter === '{').length).toBe([...text].filter((letter) => letter === '}').length)
  })
})
