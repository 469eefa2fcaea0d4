/** The shapes of the HTTP JSON of `/api/v1`; names come as pairs and the client chooses the language. */
export interface Pair { en: string; sv: string }
/** As a pair, but one language may be missing. */
export interface Words { en: string | null; sv: string | null }
export type Group = 'organisation' | 'effort' | 'technology' | 'place'

export interface Stats {
  generation: number
  built: string
  counts: Partial<Record<CountName, number>>
  sources: SourceCard[]
  questions: { id: string; title: Pair; href: string }[]
  /** Where errors in the data are reported, when the server says so. */
  contact?: string | null
}
export type CountName =
  | 'organisations' | 'efforts' | 'relations' | 'evidence' | 'documents' | 'technologies' | 'places' | 'collaborations'
export interface SourceCard {
  name: string
  title: Pair | string
  publisher: string | null
  licence: string | null
  homepage: string | null
  date: string | null
  records: number | null
}

export interface Vocabulary {
  kinds: Record<string, Pair & { group: Group }>
  roles: Record<string, Pair>
  ties: Record<string, Pair>
  technologies: Record<string, Pair & { broader: string | string[] | null }>
  counties: Record<string, Pair>
  properties: Record<string, Pair>
}

export interface Ref { key: string; group: Group; kind: string; name: Pair; path: string }
export interface SearchResult extends Ref { matched: string | null; place: Pair | null; degree: number }

export interface Count { value: string; count: number }
export interface TechnologyCount extends Count { depth: number; broader: string | string[] | null }
export interface Facets {
  total: { nodes: number; edges: number; undated?: number }
  kinds: Count[]
  technologies: TechnologyCount[]
  counties: Count[]
  countries: Count[]
  roles: Count[]
  ties: Count[]
  years: { year: number; count: number }[]
}

/** A community of the map and what it is called; `number` is as in the picture. */
export interface NamedCommunity { number: number; size: number; name: Pair; technologies: string[]; places: string[]; strongest: string }

/** Columns: all arrays of `nodes` have one length; `a` and `b` of `edges` are positions in them. */
export interface MapPayload {
  generation: number
  nodes: {
    key: string[]
    kind: number[]
    x: number[]
    y: number[]
    degree: number[]
    community: (number | null)[]
    county: (number | null)[]
    year?: (number | null)[]
    name: { en: string[]; sv: (string | null)[] }
  }
  edges: { a: number[]; b: number[]; tie: number[]; year: (number | null)[] }
  kinds: string[]
  ties: string[]
  counties: string[]
}

export interface Evidence {
  document: string | null
  host: string | null
  published: string | null
  retrieved: string | null
  source: string | null
  record: string | null
  quote: string | null
  method: string | null
  confidence: number | null
}
export type EvidenceId = string | number
export interface Fact {
  property: string
  label?: Pair | null
  value: string | Pair
  lang?: string | null
  href?: string | null
  evidence: EvidenceId[]
}
export interface Relation {
  key: string
  kind: string
  tie: string
  role: string | null
  direction: 'out' | 'in'
  /** Which property of the relation this thing is the value of, and which the other. */
  property?: string | null
  other_property?: string | null
  /** Null when nobody says who stands at the other end, or nobody does (a closing). */
  other: Ref | null
  share?: number | null
  start: string | null
  end: string | null
  amount: string | null
  currency: string | null
  amount_eur: number | null
  /** The key of the investment round whose stated amount already holds this one: not summed twice. */
  part_of?: string | null
  note: string | null
  evidence: EvidenceId[]
}
export interface Collaborator {
  key: string
  name: Pair
  kind: string
  path: string
  via: { key: string; name: Pair; path: string }[]
}
export interface PlaceRef { key: string; name: Pair; path?: string }
/** What is needed to show evidence: a profile has it, so has an answer of the gap finder. */
export interface Proven {
  evidence: Record<string, Evidence>
  sources: Record<string, { title: Pair | string; licence: string | null }>
}
export interface Entity extends Proven {
  key: string
  iri: string
  group: Group
  kind: string
  name: Pair
  description: Words | null
  alt: { text: string; lang: string | null }[]
  place: PlaceRef | null
  county: PlaceRef | null
  country: string | null
  start?: string | null
  end?: string | null
  homepage?: string | null
  facts: Fact[]
  relations: Relation[]
  technologies: { key: string; name: Pair; path: string; direct: boolean; evidence: EvidenceId[] }[]
  collaborators: Collaborator[]
  money: { in: Relation[]; out: Relation[] }
  /** How long the lists are in all; the answer holds the beginning of each. */
  counts?: { relations: { tie: string; direction: 'out' | 'in'; total: number }[]; collaborators: number; money_in: number; money_out: number }
  /** The queries behind facts and relations. */
  sparql?: Record<string, string>
  /** What the description and the kind rest on. */
  own_evidence?: EvidenceId[]
}

export interface Neighbourhood {
  focus: string
  nodes: (Ref & { degree: number; x: number | null; y: number | null })[]
  edges: { a: string; b: string; tie: string; role: string | null; start: string | null; end: string | null }[]
  truncated: number
}
