import type { Lang } from '../format'

/** What the editor holds when somebody comes: an answer on any map, with one row a company, a number to draw and a place. */
export const firstQuery = (lang: Lang): string => `PREFIX ce: <https://w3id.org/cleantech-kg/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX tech: <https://w3id.org/cleantech-kg/tech/>
# ${lang === 'sv' ? 'Företag inom energilagring: de säger det själva, eller deltar i projekt om det' : 'Companies in energy storage: they say so themselves, or take part in projects about it'}
SELECT ?company (COALESCE(SAMPLE(?own), SAMPLE(?called)) AS ?name) (SAMPLE(?at) AS ?place) (COUNT(DISTINCT ?project) AS ?projects) WHERE {
  { SELECT DISTINCT ?company ?project WHERE {
      { ?company ce:inField tech:energy-storage }
      UNION
      { ?area skos:broader* tech:energy-storage . ?project ce:worksOn|ce:topic ?area ; a ce:Project . ?company ce:participatesIn ?project } } }
  ?company a ce:Company ; ce:name ?called .
  OPTIONAL { ?company ce:name ?own FILTER (lang(?own) = "${lang}") }
  OPTIONAL { ?company ce:locatedIn ?at }
} GROUP BY ?company ORDER BY DESC(?projects) ?name LIMIT 100
`
