import type { Cell } from '../api/gaps'
import { decimal, number, signedPercent } from '../format'
import { i18n, t } from '../i18n/i18n.svelte'
import { groupName, isTold, type Said as GroupWords } from './grid'
import { surplus } from './scale'

/** The words for groups without a kind or a place. */
export const groupWords = (): GroupWords => ({ anybody: t('gpAnybody'), elsewhere: t('gpElsewhere'), all: t('gpAllTechnologies') })
const group = (side: Cell['a']): string => groupName(side, i18n.pick, groupWords())

/** The two groups, and the technology where there is one: "Companies · Stockholm × Research · Skåne, batteries". */
export function cellName(cell: Cell): string {
  const both = `${group(cell.a)} × ${group(cell.b)}`
  return cell.technology ? `${both}, ${i18n.pick(cell.technology.name)}` : both
}

/** What stands in a cell: how far it is from what is expected, or why that is not said. */
export function cellMark(cell: Cell): string {
  if (cell.status === 'cannot-say') return '?'
  if (cell.status === 'too-few-actors') return '·'
  return cell.status === 'as-expected' ? '≈' : signedPercent(surplus(cell.gap), i18n.lang)
}

/** The facts of a cell, a line each; the same for the tooltip and for screen readers. */
export function cellFacts(cell: Cell): string[] {
  const drawn = cell.low !== null && cell.high !== null
  return [
    t(`gpStatus_${cell.status}`),
    t('gpSeen', { o: decimal(cell.observed, i18n.lang, 1), e: decimal(cell.expected, i18n.lang, 1) }),
    !isTold(cell) ? '' : t('gpGap', { gap: decimal(cell.gap, i18n.lang), share: signedPercent(surplus(cell.gap), i18n.lang) }),
    drawn ? t('gpInterval', { low: signedPercent(surplus(cell.low ?? 0), i18n.lang), high: signedPercent(surplus(cell.high ?? 0), i18n.lang) }) : t('gpNoInterval'),
    t('gpSides', { a: number(cell.a.actors, i18n.lang), b: number(cell.b.actors, i18n.lang) }),
    i18n.count('gpMissing', cell.missing_pairs),
  ].filter(Boolean)
}
