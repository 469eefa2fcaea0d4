import type { BackTest, BackTestRow } from '../api/gaps'
import type { gapsEn } from '../i18n/gaps-en'

/** The figures of a back-test in the order of the table: more is better in each. */
export const FIGURES = ['recall_at_10', 'small_recall_at_10', 'precision_at_1000', 'list_coverage', 'matched_auc', 'auc'] as const
export type Figure = (typeof FIGURES)[number]

/** Those that were measured of any method. */
export const shows = (test: Pick<BackTest, 'rows'>): Figure[] => FIGURES.filter((name) => test.rows.some((row) => typeof row[name] === 'number'))

/** The largest; -1 when none was measured, which no figure is. */
export const best = (rows: readonly BackTestRow[], name: Figure): number => Math.max(-1, ...rows.map((row) => row[name] ?? -1))

const KEYS: Readonly<Record<string, keyof typeof gapsEn>> = {
  'this program': 'gpMethod_ours', popularity: 'gpMethod_popularity', 'common neighbours': 'gpMethod_common', 'resource allocation': 'gpMethod_allocation',
  'resource allocation, 1/(n-1)': 'gpMethod_weighted', 'topic cosine': 'gpMethod_topic', 'gravity + topic': 'gpMethod_gravity', 'rank fusion, wider network': 'gpMethod_fusion',
}
/** The words for a method; null for one that is called the same everywhere. */
export const methodKey = (name: string): keyof typeof gapsEn | null => KEYS[name] ?? null
