import { api } from '../api/client'
import { date } from '../format'
import { i18n, t } from '../i18n/i18n.svelte'
import { KIND_COLOURS, KIND_GROUPS } from '../kinds'
import { theme } from '../theme.svelte'
import { GROUP_KEYS } from './groups'
import type { Hand } from './hand.svelte'
import { h, hCount } from './hand-words'
import { PAPERS } from './painter'
import { measuring, pngOf } from './png'
import type { Renderer } from './renderer'
import type { Sheet } from './sheet'
import { svgOf } from './svg'

/** As wide as they look on the page, where a line fades at its edges. */
const THINNER = 0.7

/** What the renderer shows now, with title, filters, legend, day, address and sources. */
async function sheetOf({ page, hidden }: Hand, renderer: Renderer, stage: HTMLElement): Promise<Sheet> {
  const paper = PAPERS[theme.current]
  const dots = [...renderer.positions()].map((dot) => ({ ...dot, square: page.byKey.get(dot.key)?.group === 'effort' }))
  const present = new Set(dots.map((dot) => page.byKey.get(dot.key)?.group))
  const stats = await api.stats().catch(() => null)
  const day = stats?.built.slice(0, 10) ?? ''
  const names = stats?.sources.map((source) => i18n.pick(source.title)).join(', ')
  return {
    width: stage.clientWidth, height: stage.clientHeight, dots, lines: [...renderer.lines()].map((line) => ({ ...line, width: line.width * THINNER })),
    title: `${t('site')} · ${t('mapTitle')}`,
    subtitle: [
      ...(page.chips.length ? page.chips.map((chip) => chip.label) : [h('pictureAll')]), ...(hidden.size ? [hCount('hidden', hidden.size)] : []),
    ].join(' · '),
    legend: KIND_GROUPS.filter((group) => present.has(group)).map((group) => ({ text: t(GROUP_KEYS[group]), colour: KIND_COLOURS[theme.current][group], square: group === 'effort' })),
    source: [
      h('pictureSource', { date: day ? date(day, i18n.lang) : '', address: `${location.origin}/map${page.query ? `?${page.query}` : ''}` }),
      ...(names ? [h('pictureSources', { names })] : []),
    ],
    background: paper.background, ink: paper.ink, muted: theme.current === 'dark' ? '#a3b3ab' : '#51635b',
  }
}

export async function take(form: 'png' | 'svg', hand: Hand, renderer: Renderer, stage: HTMLElement): Promise<Blob> {
  const sheet = await sheetOf(hand, renderer, stage)
  return form === 'png' ? pngOf(sheet) : new Blob([svgOf(sheet, measuring())], { type: 'image/svg+xml' })
}
