/** The same query in other tools; each text can be pasted and run as it stands. */
export const TOOLS = ['curl', 'sparqlwrapper', 'rdflib', 'r'] as const
export type Tool = (typeof TOOLS)[number]

export function code(tool: Tool, query: string, endpoint: string, graph: boolean): string {
  return { curl, sparqlwrapper, rdflib, r }[tool](query.trimEnd(), endpoint, graph)
}

const curl = (query: string, endpoint: string, graph: boolean): string =>
  `curl -sS '${endpoint}' -H 'Accept: ${graph ? 'text/turtle' : 'text/csv'}' --data-urlencode 'query=${query.replaceAll("'", `'\\''`)}'\n`

const python = (query: string): string => `"""${query.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"')}\n"""`

const sparqlwrapper = (query: string, endpoint: string, graph: boolean): string =>
  graph
    ? `from SPARQLWrapper import SPARQLWrapper, TURTLE\n\nservice = SPARQLWrapper("${endpoint}", returnFormat=TURTLE)\nservice.setQuery(${python(query)})\nprint(service.query().convert().decode())\n`
    : `from SPARQLWrapper import SPARQLWrapper, JSON\n\nservice = SPARQLWrapper("${endpoint}", returnFormat=JSON)\nservice.setQuery(${python(query)})\nanswer = service.query().convert()\nfor row in answer["results"]["bindings"]:\n    print({name: cell["value"] for name, cell in row.items()})\n`

const rdflib = (query: string, endpoint: string, graph: boolean): string =>
  `from rdflib import Graph\nfrom rdflib.plugins.stores.sparqlstore import SPARQLStore\n\ngraph = Graph(SPARQLStore("${endpoint}"${graph ? '' : ', returnFormat="json"'}))\nanswer = graph.query(${python(query)})\n${graph ? 'print(answer.graph.serialize(format="turtle"))' : 'for row in answer:\n    print(row.asdict())'}\n`

function r(query: string, endpoint: string, graph: boolean): string {
  let dashes = '-'
  while (query.includes(`)${dashes}"`)) dashes += '-'
  const body = `library(httr2)\n\nquery <- r"${dashes}(${query})${dashes}"\nresponse <- request("${endpoint}") |>\n  req_headers(Accept = "${graph ? 'text/turtle' : 'text/csv'}") |>\n  req_body_form(query = query) |>\n  req_perform()\n`
  return body + (graph ? 'cat(resp_body_string(response))\n' : 'answer <- read.csv(text = resp_body_string(response))\nprint(head(answer))\n')
}
