import { i18n } from '../../i18n/i18n.svelte'
import { geoEn } from './en'
import { geoSv } from './sv'

/** The sentences of the geography and what came with it: they come with the page of the map and not with the first page. */
export type GeoKey = keyof typeof geoEn
type Counted = { [K in GeoKey]: K extends `${infer Stem}_other` ? Stem : never }[GeoKey]

export const g = (key: GeoKey, values: Record<string, string | number> = {}): string =>
  (i18n.lang === 'sv' ? geoSv : geoEn)[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export function gCount(stem: Counted, n: number): string {
  const form = new Intl.PluralRules(i18n.lang).select(n) === 'one' ? 'one' : 'other'
  return g(`${stem}_${form}` as GeoKey, { n: new Intl.NumberFormat(i18n.lang).format(n) })
}

/** “12 organisations and 3 joint efforts”, without what there is none of. */
export function gThings(organisations: number, efforts: number): string {
  const parts = [organisations ? gCount('gOrgs', organisations) : '', efforts ? gCount('gEfforts', efforts) : ''].filter(Boolean)
  return parts.length === 2 ? g('gAnd', { a: parts[0] ?? '', b: parts[1] ?? '' }) : (parts[0] ?? gCount('gOrgs', 0))
}
