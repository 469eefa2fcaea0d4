import { keyPath } from '../api/client'
import type { Hop } from '../api/gaps'

const ID = 'https://w3id.org/cleantech-kg/id/'

/** The query whose rows are the things in which the two of each step met: what the ways of the page rest on. */
export function hopsQuery(hops: readonly Hop[]): string {
  const pairs = [...new Set(hops.map((hop) => `    (<${ID}${keyPath(hop.a.key)}> <${ID}${keyPath(hop.b.key)}>)`))]
  return `# In what have the two organisations of each step met, when, and in which roles?
PREFIX ce: <https://w3id.org/cleantech-kg/ns#>
PREFIX role: <https://w3id.org/cleantech-kg/role/>
SELECT DISTINCT ?one ?other ?thing ?oneRole ?otherRole ?start ?end WHERE {
  VALUES (?one ?other) {
${pairs.join('\n')}
  }
  { ?thing a ce:Partnership ; ce:party ?one, ?other }
  UNION {
    ?p ce:participant|ce:via ?one ; ce:inEffort ?thing ; ce:role ?oneRole .
    ?q ce:participant|ce:via ?other ; ce:inEffort ?thing ; ce:role ?otherRole .
    FILTER (?oneRole != role:attendee && ?otherRole != role:attendee)
    FILTER NOT EXISTS { ?p a ce:Membership } FILTER NOT EXISTS { ?q a ce:Membership } }
  OPTIONAL { ?thing ce:start ?start } OPTIONAL { ?thing ce:end ?end }
} ORDER BY ?one ?other ?start`
}
