import { api } from '../api/client'
import { date } from '../format'
import { i18n, t } from '../i18n/i18n.svelte'
import { KIND_COLOURS, KIND_GROUPS, type KindGroup } from '../kinds'
import { theme } from '../theme.svelte'
import { GROUP_KEYS } from './groups'
import { COLOURS } from './bundles'
import type { Hand } from './hand.svelte'
import { h, hCount } from './hand-words'
import type { MapPage } from './page.svelte'
import { COMMUNITY_COLOURS } from './palette'
import { PAPERS } from './painter'
import { measuring, pngOf } from './png'
import type { Renderer } from './renderer'
import type { Sheet } from './sheet'
import { svgOf } from './svg'
import { m } from './words'

/** As wide as they look on the page, where a line fades at its edges. */
const THINNER = 0.7

const kindLegend = (present: ReadonlySet<KindGroup>): Sheet['legend'] =>
  KIND_GROUPS.filter((group) => present.has(group)).map((group) => ({ text: t(GROUP_KEYS[group]), colour: KIND_COLOURS[theme.current][group], square: group === 'effort' }))

function communityLegend(page: MapPage, { communities }: Renderer): Sheet['legend'] {
  const colours = COMMUNITY_COLOURS[theme.current]
  const named = communities.slice(0, COLOURS).map(({ number }, i) => ({ text: page.titles.get(number) ?? '', colour: colours[i] ?? '', square: false }))
  return communities.length > COLOURS ? [...named, { text: m('communityRest'), colour: colours[COLOURS] ?? '', square: false }] : named
}

/** What the renderer shows now, with title, filters, legend, day, address and sources. */
async function sheetOf({ page, hidden }: Hand, renderer: Renderer, stage: HTMLElement): Promise<Sheet> {
  const paper = PAPERS[theme.current]
  const { graph } = renderer
  const groupOf = (key: string): KindGroup => graph.groupOf(graph.indexOf(key))
  const dots = [...renderer.positions()].map((dot) => ({ ...dot, square: groupOf(dot.key) === 'effort' }))
  const stats = await api.stats().catch(() => null)
  const day = stats?.built.slice(0, 10) ?? ''
  const names = stats?.sources.map((source) => i18n.pick(source.title)).join(', ')
  return {
    width: stage.clientWidth, height: stage.clientHeight, dots, lines: [...renderer.lines()].map((line) => ({ ...line, width: line.width * THINNER })),
    title: `${t('site')} · ${t('mapTitle')}`,
    subtitle: [
      ...(page.chips.length ? page.chips.map((chip) => chip.label) : [h('pictureAll')]), ...(hidden.size ? [hCount('hidden', hidden.size)] : []),
    ].join(' · '),
    legend: page.state.look.colour === 'community' ? communityLegend(page, renderer) : kindLegend(new Set(dots.map((dot) => groupOf(dot.key)))),
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
