import type { Filter } from '../filter'
import type { MainKey } from '../i18n/en'
import { readable } from '../route'

/** A page that answers more about the same technology, county and years. */
export interface Onward { label: MainKey; href: string }

/** What to ask next of what the map is filtered to; nothing without a technology or a county. Other filters have no meaning there. */
export function onward({ tech, county, from, to }: Filter): Onward[] {
  if (!tech.length && !county.length) return []
  const query = new URLSearchParams()
  for (const slug of tech) query.append('technology', slug)
  for (const key of county) query.append('region', key)
  if (from !== null) query.set('from', String(from))
  if (to !== null) query.set('to', String(to))
  const asked = readable(query)
  return [
    { label: 'onwardPays', href: `/flows?${asked}` },
    { label: 'onwardSince', href: `/time?${asked}` },
    { label: 'onwardMissing', href: `/gaps?${asked}` },
  ]
}
