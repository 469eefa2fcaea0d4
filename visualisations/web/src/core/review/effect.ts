import type { Compared, Place, Side, Some, Sum } from '../api/review'
import type { Pair } from '../api/types'
import type { Key } from '../i18n/en'

/** One sentence of the effect; `against`: it speaks against a merge, `for`: it speaks for one. */
export interface Sentence { sign: 'for' | 'against' | 'plain'; key: Key; values: Record<string, string | number> }
interface Words { pick: (pair: Pair) => string; number: (value: number) => string; money: (sum: Sum) => string }

const relations = (side: Side): number => Object.values(side.ties).reduce((sum, count) => sum + count, 0)

function names(some: Some, words: Words): string {
  const first = some.first.map((place: Place) => words.pick(place.name))
  return some.count > first.length ? `${first.join(', ')} …` : first.join(', ')
}

/** What a merge would do, in the order of weight: what forbids it first. */
export function effectWords(found: Compared, words: Words): Sentence[] {
  const { effect } = found
  const [a, b] = [words.pick(found.one.thing.name), words.pick(found.other.thing.name)]
  if (effect.merged) return [{ sign: 'plain', key: 'rvMerged', values: {} }]
  const said: Sentence[] = []
  const say = (sign: Sentence['sign'], key: Key, values: Sentence['values'] = {}): void => void said.push({ sign, key, values })
  if (!effect.kinds_fit) say('against', 'rvKindsClash')
  for (const clash of effect.clashes) {
    say('against', 'rvClash', { name: words.pick(clash.label), one: clash.one.join(', '), other: clash.other.join(', ') })
  }
  if (effect.agree.length) say('for', 'rvAgree', { names: effect.agree.map(words.pick).join(', ') })
  if (effect.together.count) say('against', 'rvTogether', { n: words.number(effect.together.count), names: names(effect.together, words) })
  if (effect.between) say('against', 'rvBetween', { n: words.number(effect.between) })
  const [mine, theirs] = [relations(found.one), relations(found.other)]
  say('plain', 'rvRelations', { n: words.number(mine + theirs - effect.between), a, b, mine: words.number(mine), theirs: words.number(theirs) })
  if (effect.shared.count) say('for', 'rvShared', { n: words.number(effect.shared.count), names: names(effect.shared, words) })
  if (effect.new_for_one.count || effect.new_for_other.count) {
    say('plain', 'rvNew', { a, b, mine: words.number(effect.new_for_one.count), theirs: words.number(effect.new_for_other.count) })
  }
  for (const [key, left, right] of [['rvMoneyIn', found.one.money_in, found.other.money_in], ['rvMoneyOut', found.one.money_out, found.other.money_out]] as const) {
    if (left.length || right.length) say('plain', key, { a, b, mine: sums(left, words), theirs: sums(right, words) })
  }
  return said
}

const sums = (held: readonly Sum[], words: Words): string => held.map(words.money).join(', ') || '–'
