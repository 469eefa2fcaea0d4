import type { Pair, Ref } from '../api/types'

export interface Piece { text: string; href: string | null }

/** A sentence cut at the names of the things that it names, so that each becomes a link to its page. */
export function pieces(text: string, things: readonly Pick<Ref, 'name' | 'path'>[], pick: (name: Pair) => string): Piece[] {
  let rest: Piece[] = [{ text, href: null }]
  // the longest name first: "KTH Innovation" is not "KTH" and a word
  for (const thing of [...things].sort((a, b) => pick(b.name).length - pick(a.name).length)) {
    const name = pick(thing.name)
    if (name) rest = rest.flatMap((piece) => (piece.href ? [piece] : cut(piece.text, name, thing.path)))
  }
  return rest.filter((piece) => piece.text)
}

function cut(text: string, name: string, href: string): Piece[] {
  const at = text.indexOf(name)
  if (at < 0) return [{ text, href: null }]
  return [{ text: text.slice(0, at), href: null }, { text: name, href }, { text: text.slice(at + name.length), href: null }]
}
