import { mapHref } from '../filter'
import { vocabulary } from '../vocabulary.svelte'

/** Ties that the map draws; the others (places, technologies) are filters there, not lines. */
const DRAWN = ['membership', 'participation', 'partnership', 'ownership', 'investment', 'funding', 'support', 'change', 'part']

/** The map of one class or tie; null where it draws no such thing. */
export function kindHref(facet: 'kind' | 'tie', value: string): string | null {
  if (facet === 'tie') return DRAWN.includes(value) ? mapHref({ tie: [value] }) : null
  const group = vocabulary.data.kinds[value]?.group
  return group === 'organisation' || group === 'effort' ? mapHref({ kind: [value] }) : null
}
