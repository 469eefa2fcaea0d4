import { ask, keyPath, withQuery } from './client'
import type { Pair, PlaceRef, Proven, Ref } from './types'

/** The shapes of `/api/v1/gaps`; what they mean stands in the OpenAPI document. A null number is not known: never 0. */
export type Status = 'gap' | 'as-expected' | 'over-linked' | 'cannot-say' | 'too-few-actors'
export type Word = 'useful' | 'not-useful' | 'already-together' | 'competitors'
export const WORDS: readonly Word[] = ['useful', 'not-useful', 'already-together', 'competitors']
export type Sort = 'technology' | 'place' | 'country' | 'type' | 'tie' | 'stage' | 'role' | 'status'
export interface Choice { value: string; sort: Sort; name: Pair; path: string | null }
export interface Sentence extends Pair { code: string; things: Ref[] }
export interface Proof { thing: Ref; evidence: number[] }
export interface Reason extends Sentence { proofs: Proof[]; weight: number | null }
export interface Actor extends Ref { type: Choice; place: PlaceRef | null; country: string | null }
export interface Scope {
  technology: Choice[]
  region: Choice[]
  other_region: Choice[]
  reach: 'within' | 'touching'
  type: Choice[]
  from: number | null
  to: number | null
  as_of: number
  tie: Choice[]
  max_partners: number
  half_life: number
  rollup: boolean
  query: string
}
export interface Coverage {
  actors: number
  tied: number
  placed: number
  typed: number
  technology: number
  occasions: number
  dated: number
  with_money: number
  first_year: number | null
  last_year: number | null
  sources: string[]
  told: Sentence[]
}
/** What every finding answers: rows, how much of the data says what it needs, what it cannot say, why it is empty. */
export interface Finding<Row> extends Proven {
  generation: number
  built: string
  scope: Scope
  coverage: Coverage
  notes: Sentence[]
  empty: Sentence | null
  total: number
  /** Not all was looked at: there are more than `total`. */
  at_least: boolean
  /** How many of `total` can be had: the best. */
  available: number
  offset: number
  limit: number
  next: string | null
  csv: string
  rows: Row[]
}
/** Actors of one type in one region; null = any, with `outside` anywhere but in the regions of the scope. */
export interface GroupOf { region: Choice | null; type: Choice | null; actors: number; outside?: boolean }
export interface Cell {
  technology: Choice | null
  a: GroupOf
  b: GroupOf
  observed: number
  expected: number
  gap: number
  low: number | null
  high: number | null
  status: Status
  missing_pairs: number
  pairs: string
}
export interface MissingPair {
  a: Actor
  b: Actor
  history: 'never' | 'lapsed'
  score: number
  parts: Record<string, number>
  reasons: Reason[]
  against: Reason[]
  last_year: number | null
  last_year_a?: number | null
  last_year_b?: number | null
  km: number | null
  answer: Word | null
  explain: string
}
export interface Dependence { a: GroupOf; b: GroupOf; broker: Actor; share: number; paths: number; lost: number | null; pairs: number | null; proofs: Proof[] }
export interface Brokerage {
  actor: Actor
  pagerank: number
  betweenness: number
  constraint: number | null
  effective_size: number | null
  roles: { role: Choice; count: number; z: number | null }[]
}
export interface Orphan {
  technology: Choice
  region: Choice
  researchers: number
  mass: number
  observed: number
  expected: number
  low: number | null
  high: number | null
  status: Status
  near_in_topic: Actor | null
  near_on_map: Actor | null
  km: number | null
  proofs: Proof[]
}
export interface Desert {
  technology: Choice
  region: Choice
  actors: number
  money: number | null
  per_actor: number | null
  threshold: number | null
  funders: number
  coverage: number
  status: 'desert' | 'as-expected' | 'cannot-say' | 'too-few-actors'
  why: Sentence
  proofs: Proof[]
}
export interface Chain {
  technology: Choice
  region: Choice
  links: { stage: Choice; actors: number; first: Actor[]; tied: number; known: boolean }[]
  breaks: string | null
  why: Sentence
  proofs: Proof[]
}
export interface WhiteSpace { technology: Choice; region: Choice; actors: number; advantage: number; density: number; related: Choice[]; proofs: Proof[] }
export type IntroductionList = 'investor' | 'company-for-research' | 'foreign-partner'
export interface Introduction { list: IntroductionList; a: Actor; b: Actor; score: number; reasons: Reason[]; against: Reason[]; answer: Word | null; explain: string }
export interface Method {
  parameters: { name: string; text: Pair; default: string | number | boolean | null; choices: Choice[] | null; least: number | null; most: number | null; repeatable: boolean }[]
  findings: { name: string; title: Pair; path: string; formula: Pair; limits: Pair[] }[]
  backtests: BackTest[]
  limits: Pair[]
  words: Record<string, Record<string, Pair>>
  docs: string
}
export interface BackTest { network: Pair; cut: number; window: number; known: number; first: number; rows: BackTestRow[] }
export interface BackTestRow {
  method: string
  recall_at_10: number | null
  precision_at_1000: number | null
  list_coverage: number | null
  auc: number | null
  matched_auc: number | null
  small_recall_at_10: number | null
}
export interface Said { id: string; at: string; by: string; one_key: string; other_key: string; one: Ref | null; other: Ref | null; answer: Word; note: string }
export interface SaidPage { total: number; answers: Said[]; next: string | null }
export interface Tied { tie: Choice; thing: Ref | null; start: number | null; end: number | null; strength: number | null; proofs: Proof[]; roles_a: string[]; roles_b: string[] }
/** The strongest `ties` of `meetings` in which the two met. */
export interface Hop { a: Actor; b: Actor; strength: number; meetings: number; first_year: number | null; last_year: number | null; ties: Tied[] }
/** A part of the network that hangs together, and the most active in it beside `end`. */
export interface Part { end: Actor; actors: number; first: Actor[] }
/** `between` have worked with both; `apart` are the parts that no way joins. */
export interface Ways extends Proven {
  generation: number
  scope: Scope
  a: Actor
  b: Actor
  by: 'shortest' | 'strongest'
  apart: [Part, Part] | null
  csv: string
  coverage: Coverage
  notes: Sentence[]
  paths: { hops: Hop[]; strength: number }[]
  between: { actor: Actor; strength: number; to_a: Hop; to_b: Hop }[]
  between_total: number
  empty: Sentence | null
}

export type FindingName = 'matrix' | 'pairs' | 'newcomers' | 'brokers' | 'orphans' | 'deserts' | 'chains' | 'whitespace' | 'venture-day' | 'brokerage'

/** `/api/v1/gaps/pairs?x` of an answer as `ask` takes it. */
const within = (address: string): string => address.replace(/^\/api\/v1/, '')

/** What the list of pairs says of two: `answered` where somebody said what became of them. */
export interface Explained extends Proven {
  a: Actor
  b: Actor
  state: 'linked' | 'acquainted' | 'lapsed' | 'missing' | 'answered'
  ties: Tied[]
  pair: MissingPair | null
  answer: Word | null
}

export const gaps = {
  explain: (a: string, b: string, query = '', signal?: AbortSignal) => ask<Explained>(withQuery('/gaps/explain', [new URLSearchParams({ a, b }).toString(), query].filter(Boolean).join('&')), { signal }),
  find: <Row>(name: FindingName, query: string, signal?: AbortSignal) => ask<Finding<Row>>(withQuery(`/gaps/${name}`, query), { signal }),
  /** What an address of another answer leads to. */
  follow: <Row>(address: string, signal?: AbortSignal) => ask<Finding<Row>>(within(address), { signal }),
  method: (signal?: AbortSignal) => ask<Method>('/gaps/method', { signal }),
  choices: (query: string, signal?: AbortSignal) => ask<Choices>(withQuery('/gaps/choices', query), { signal }),
  say: (key: string, one: string, other: string, answer: Word) => ask<Said>('/gaps/answers', { key, post: true, body: { one, other, answer } }),
  said: (key: string, offset = 0, signal?: AbortSignal) => ask<SaidPage>(`/gaps/answers?limit=200${offset ? `&offset=${offset}` : ''}`, { key, signal }),
  ways: (a: string, b: string, signal?: AbortSignal) => ask<Ways>(`/paths?${new URLSearchParams({ a, b })}`, { signal }),
  /** By the parameters of `/paths`. */
  paths: (query: string, signal?: AbortSignal) => ask<Ways>(withQuery('/paths', query), { signal }),
  /** The pairs of one organisation, which stands first in each. */
  pairsOf: (organisation: string, signal?: AbortSignal) => ask<Finding<MissingPair>>(`/gaps/pairs/${keyPath(organisation)}?limit=6`, { signal }),
  undo: (key: string, id: string) => ask<{ id: string }>(`/gaps/answers/${encodeURIComponent(id)}`, { key, remove: true }),
}

/** The address of a table as a CSV file in the language of the page. */
export function csvOf(address: string, lang: string): string {
  const url = new URL(address, 'http://host')
  url.searchParams.set('lang', lang)
  return `${url.pathname}${url.search}`
}

/** The choices of the filter that still lead to organisations, with how many; the other filters stay. */
export interface Offered { value: string; sort: Sort; name: Pair; count: number }
export interface Choices {
  technology: (Offered & { depth: number })[]
  region: Offered[]
  type: Offered[]
  years: { year: number; count: number }[]
  actors: number
}
