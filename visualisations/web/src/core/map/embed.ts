import { embedded } from '../route'

export const SMALLEST = 200
export const LARGEST = 4000
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/** A size in px as it may stand in the code; what is no number is the usual one. */
export function size(text: string, usual: number): number {
  const value = Number(text.trim())
  return Number.isFinite(value) && text.trim() ? Math.round(Math.min(LARGEST, Math.max(SMALLEST, value))) : usual
}

/** The address of a page in a frame, in the language of who embeds it. */
export function embedHref(origin: string, path: string, search: string, lang: string): string {
  const query = new URLSearchParams(search)
  query.set('lang', lang)
  return `${origin}${embedded(path)}?${query}`
}

export const embedCode = (href: string, title: string, width: number | null, height: number): string =>
  `<iframe src="${escaped(href)}" title="${escaped(title)}" width="${width ?? '100%'}" height="${height}" loading="lazy" allowfullscreen></iframe>`
