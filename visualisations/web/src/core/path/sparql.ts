import { keyPath } from '../api/client'
import type { Hop } from '../api/gaps'
import { TIES, type Tie, type Wanted } from './place'

const ID = 'https://w3id.org/cleantech-kg/id/'
const ABOVE = 'ce:unitOf|ce:subsidiaryOf'

/** What counts as a tie, as far as the query behind the ways asks for it. */
export type Counted = Pick<Wanted, 'from' | 'to' | 'ties' | 'partners' | 'rollup'>

/** The two of a step, and all that took part, by the same words; `one` is their relation, `kind` its class. */
const three = (words: (one: string, who: string, role: string, kind: string) => string): string =>
  [words('?p', '?a', '?oneRole', '?pKind'), words('?q', '?b', '?otherRole', '?qKind'), words('?r', '?party0', '?role', '?rKind')].map((line) => `    ${line}`).join('\n')
// Every step names the thing by the short cut first: a query that begins with all participations is stopped on large maps.
const SHARED = '    ?a ce:participatesIn ?thing . ?b ce:participatesIn ?thing .\n'

const BRANCHES: Record<Tie, string> = {
  project: `${SHARED}    VALUES ?kind { ce:Project ce:Consortium } ?thing a ?kind .
${three((one, who, role, kind) => `${one} ce:inEffort ?thing ; ce:participant|ce:via ${who} ; ce:role ${role} ; ce:kind ${kind} FILTER (${role} != role:attendee && ${kind} != ce:Membership)`)}`,
  partnership: '    ?thing a ce:Partnership ; ce:party ?a, ?b, ?party0 .',
  lead: `${SHARED}${three((one, who, role) => `${one} ce:inEffort ?thing ; ce:participant ${who} ; ce:role ${role} FILTER (${role} IN (role:initiator, role:principal, role:coordinator, role:partner))`)}
    FILTER NOT EXISTS { ?thing a ce:Event } FILTER NOT EXISTS { ?thing a ce:Project }`,
  venture: three((one, who, role) => `${one} ce:owned ?thing ; ce:owner ${who} ; ce:role ${role} FILTER (${role} = role:joint-owner)`),
}

/**
 * The branch of a kind of tie. Each names the pairs itself: joined from outside, it would be worked out for everybody first.
 * Rolled up, the parties are the units, and who stands above them is counted.
 */
function branch(tie: Tie, rollup: boolean, pairs: string): string {
  const names: Record<string, string> = rollup ? { a: '?oneUnit', b: '?otherUnit', party0: '?unit' } : { a: '?one', b: '?other', party0: '?party' }
  const units = rollup ? `    ?oneUnit (${ABOVE})* ?one . ?otherUnit (${ABOVE})* ?other .\n` : ''
  const above = rollup ? `\n    ?unit (${ABOVE})* ?party FILTER NOT EXISTS { ?party ${ABOVE} ?above }` : ''
  return `  {
    VALUES ?tie { "${tie}" } VALUES (?one ?other) {
${pairs}
    }
${units}${BRANCHES[tie].replace(/\?(a|b|party0)\b/g, (_, name: string) => names[name] ?? '')}${above}
  }`
}

/** The query whose rows are the things in which the two of each step met, counted as on the page: what its ways rest on. */
export function hopsQuery(hops: readonly Hop[], counted: Counted): string {
  const pairs = [...new Set(hops.map((hop) => `      (<${ID}${keyPath(hop.a.key)}> <${ID}${keyPath(hop.b.key)}>)`))].join('\n')
  const ties = counted.ties.length ? counted.ties : TIES
  const years = [
    ...(counted.from === null ? [] : [`  FILTER (xsd:integer(SUBSTR(STR(COALESCE(?end, ?start)), 1, 4)) >= ${counted.from})\n`]),
    ...(counted.to === null ? [] : [`  FILTER (xsd:integer(SUBSTR(STR(COALESCE(?start, ?end)), 1, 4)) <= ${counted.to})\n`]),
  ]
  return `# In what have the two organisations of each step met, when, and in which roles? Years are those of the thing itself.${counted.rollup ? '\n# A unit counts as the organisation that it is part of; one of several counts for each of them.' : ''}
PREFIX ce: <https://w3id.org/cleantech-kg/ns#>
PREFIX role: <https://w3id.org/cleantech-kg/role/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?one ?other ?tie ?thing ?start ?end (COUNT(DISTINCT ?party) AS ?parties)
  (GROUP_CONCAT(DISTINCT REPLACE(STR(?oneRole), "^.*/", ""); SEPARATOR=", ") AS ?oneRoles)
  (GROUP_CONCAT(DISTINCT REPLACE(STR(?otherRole), "^.*/", ""); SEPARATOR=", ") AS ?otherRoles)
WHERE {
${ties.map((tie) => branch(tie, counted.rollup, pairs)).join(' UNION\n')}
  OPTIONAL { ?thing ce:start ?start } OPTIONAL { ?thing ce:end ?end }
${years.join('')}} GROUP BY ?one ?other ?tie ?thing ?start ?end
HAVING (COUNT(DISTINCT ?party) <= ${counted.partners}) ORDER BY ?one ?other ?start`
}
