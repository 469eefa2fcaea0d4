import { FONT, HEAD, lay, MARGIN, type Sheet } from './sheet'

/** What XML has no way to write is left out. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const xml = (text: string): string => text.replace(UNWRITABLE, '').replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter)
const at = (value: number): string => String(Number(value.toFixed(1)))

function mark(x: number, y: number, size: number, square: boolean, rest: string): string {
  return square
    ? `<rect x="${at(x - size)}" y="${at(y - size)}" width="${at(size * 2)}" height="${at(size * 2)}" rx="${at(size / 3)}" ${rest}/>`
    : `<circle cx="${at(x)}" cy="${at(y)}" r="${at(size)}" ${rest}/>`
}

/** One SVG file that opens alone: shapes with names, words as text, no style sheet and no script. */
export function svgOf(sheet: Sheet, measure: (text: string, size: number) => number): string {
  const { width, background, ink, muted } = sheet
  const laid = lay(sheet, measure)
  const text = (x: number, y: number, size: number, colour: string, words: string, rest = ''): string =>
    `<text x="${at(x)}" y="${at(y)}" font-size="${size}" fill="${xml(colour)}" ${rest}>${xml(words)}</text>`
  const names = new Map(sheet.dots.map((dot) => [dot.key, dot.label]))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${laid.height}" viewBox="0 0 ${width} ${laid.height}" font-family="${FONT}" role="img" aria-labelledby="title">`,
    `<title id="title">${xml(sheet.title)}</title><desc>${xml([sheet.subtitle, ...sheet.source].join(' '))}</desc>`,
    `<rect width="${width}" height="${laid.height}" fill="${xml(background)}"/>`,
    text(MARGIN, 26, 18, ink, sheet.title, 'font-weight="700"'), text(MARGIN, 45, 12, muted, laid.subtitle),
    `<clipPath id="frame"><rect y="${HEAD}" width="${width}" height="${sheet.height}"/></clipPath>`,
    `<g clip-path="url(#frame)"><g transform="translate(0 ${HEAD})">`,
    '<g stroke-linecap="round">',
    ...sheet.lines.map((line) => `<line x1="${at(line.x1)}" y1="${at(line.y1)}" x2="${at(line.x2)}" y2="${at(line.y2)}" stroke="${xml(line.colour)}" stroke-width="${at(line.width)}"/>`),
    `</g><g stroke="${xml(background)}">`,
    ...sheet.dots.map((dot) => mark(dot.x, dot.y, dot.size, dot.square, `fill="${xml(dot.colour)}"${names.get(dot.key) ? ` aria-label="${xml(dot.label)}"` : ''}`)),
    `</g><g font-size="12" font-weight="500" fill="${xml(ink)}" stroke="${xml(background)}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">`,
    ...laid.labels.map((label) => `<text x="${at(label.left)}" y="${at(label.baseline)}">${xml(label.text)}</text>`),
    '</g></g></g>',
    ...laid.entries.map((entry) => mark(entry.x + 5, entry.y - 4, 5, entry.square, `fill="${xml(entry.colour)}"`) + text(entry.x + 16, entry.y, 12, ink, entry.text)),
    ...laid.source.map((line) => text(MARGIN, line.y, 11, muted, line.text)),
    '</svg>', '',
  ].join('\n')
}
