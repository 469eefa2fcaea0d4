/** The tokens of SPARQL, as much as completion needs of them; what fits nothing is passed over. */
export interface Token { type: 'iri' | 'name' | 'variable' | 'string' | 'number' | 'word' | 'mark' | 'comment'; text: string; from: number; to: number }

const PATTERN = new RegExp([
  '(?<comment>#[^\\n]*)',
  '(?<iri><[^<>"{}|^`\\\\\\s]*>)',
  '(?<string>"""[\\s\\S]*?(?:"""|$)|\'\'\'[\\s\\S]*?(?:\'\'\'|$)|"(?:[^"\\\\\\n]|\\\\.)*(?:"|(?=\\n)|$)|\'(?:[^\'\\\\\\n]|\\\\.)*(?:\'|(?=\\n)|$))',
  '(?<variable>[?$][\\p{L}\\p{N}_]*)',
  '(?<name>(?:[\\p{L}_][\\p{L}\\p{N}_.-]*)?:(?:[\\p{L}\\p{N}_:%-]|\\.(?=[\\p{L}\\p{N}_:%-]))*)',
  '(?<number>\\d+(?:\\.\\d+)?)',
  '(?<word>@?[\\p{L}_][\\p{L}\\p{N}_-]*)',
  '(?<mark>\\^\\^|&&|\\|\\||[!<>]=|[{}()\\[\\].;,|/^*+?!=<>-])',
].join('|'), 'gu')

export function tokens(text: string): Token[] {
  return [...text.matchAll(PATTERN)].map((found) => {
    const [type] = Object.entries(found.groups ?? {}).find(([, value]) => value !== undefined) ?? ['mark']
    return { type: type as Token['type'], text: found[0], from: found.index, to: found.index + found[0].length }
  })
}
