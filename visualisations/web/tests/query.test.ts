import { describe, expect, it } from 'vitest'
import { QueryProblem, type Question, type Schema } from '../src/core/api/query'
import { builtHref, builtQuery, counting, readBuilt, unread, variables, without, type Built } from '../src/core/query/builder'
import { chartOf } from '../src/core/query/chart'
import { code } from '../src/core/query/code'
import { hasNet, netOf } from '../src/core/query/graph'
import { headsOf, namedBy } from '../src/core/query/heads'
import { headline, parseHistory, remembered } from '../src/core/query/history'
import { classesOf, missingPrefix, offersAt } from '../src/core/query/offer'
import { changed, declared, defaults, filled, fits } from '../src/core/query/parameters'
import { queryHref, readQueryPlace } from '../src/core/query/place'
import { isDump, limitOf, offsetOf, troubleOf, undeclared, unexpected } from '../src/core/query/problem'
import { placeable, spotsOf } from '../src/core/query/places'
import { sorted, tableOf, type Table } from '../src/core/query/result'
import { inQuery, iriOf, isWeb, keyOf, prefixed, written } from '../src/core/query/terms'
import { spoken } from '../src/core/query/title'
import { triplesOf, whereIs } from '../src/core/query/where'
import { queryEn } from '../src/core/query/en'
import { querySv } from '../src/core/query/sv'

const BASE = 'https://w3id.org/cleantech-kg/'
const property = (name: string, domain: string[], range: string[], object = true) =>
  ({ name, iri: `${BASE}ns#${name}`, en: name, sv: name, definition: '', domain, range, object, shortcut: false })
const kind = (name: string, ...parents: string[]) => ({ name, iri: `${BASE}ns#${name}`, en: name.toLowerCase(), sv: name === 'Company' ? 'företag' : name.toLowerCase(), definition: '', parents })
const schema: Schema = {
  base: BASE,
  prefixes: { ce: `${BASE}ns#`, id: `${BASE}id/`, place: `${BASE}id/place/`, tech: `${BASE}tech/`, skos: 'http://www.w3.org/2004/02/skos/core#' },
  classes: [kind('Agent'), kind('Organization', 'Agent'), kind('Company', 'Organization'), kind('JointEffort'), kind('Project', 'JointEffort')],
  properties: [
    property('participatesIn', ['Agent'], ['JointEffort']), property('worksOn', [], ['TechnologyArea']), property('topic', ['JointEffort'], ['TechnologyArea']),
    property('name', [], [], false), property('orgNumber', ['Company'], [], false),
  ],
  concepts: { tech: [{ slug: 'wind-power', iri: `${BASE}tech/wind-power`, en: 'wind power', sv: 'vindkraft' }] },
}
const at = (text: string): { query: string; place: number } => ({ query: text.replace('▮', ''), place: text.indexOf('▮') })
const offered = (text: string, lang: 'en' | 'sv' = 'en'): string[] => { const { query, place } = at(text); return offersAt(query, place, schema, lang).offers.map((one) => one.shown) }

describe('where a cursor stands', () => {
  const spot = (text: string): string => { const { query, place } = at(text); return whereIs(query, place).spot }
  it('tells subject, predicate and object apart, also in what is not finished', () => {
    expect(spot('SELECT * WHERE { ▮')).toBe('subject')
    expect(spot('SELECT * WHERE { ?s ▮')).toBe('predicate')
    expect(spot('SELECT * WHERE { ?s ce:na▮')).toBe('predicate')
    expect(spot('SELECT * WHERE { ?s a ▮')).toBe('object')
    expect(spot('SELECT * WHERE { ?s a ce:Company ; ▮ }')).toBe('predicate')
    expect(spot('SELECT * WHERE { ?s ce:topic/▮')).toBe('predicate')
    expect(spot('SELECT * WHERE { ?s (ce:topic|ce:worksOn)/skos:broader* ▮')).toBe('object')
    expect(spot('SELECT * WHERE { ?s a ce:Company . ?t ▮')).toBe('predicate')
    expect(spot('SELECT * WHERE { ?s ce:topic [ ▮')).toBe('predicate')
  })
  it('knows heads, filters, values, comments and strings', () => {
    expect(spot('▮')).toBe('clause')
    expect(spot('PREFIX ▮')).toBe('prefix')
    expect(spot('SELECT ?x ▮')).toBe('expression')
    expect(spot('SELECT * WHERE { ?s ?p ?o FILTER (▮')).toBe('expression')
    expect(spot('SELECT * WHERE { VALUES ?x { ▮')).toBe('expression')
    expect(spot('SELECT * WHERE { ?s ?p ?o } # what▮')).toBe('none')
    expect(spot('SELECT * WHERE { ?s ?p "te▮')).toBe('none')
    expect(spot('SELECT * WHERE { FILTER (?x > 1) ?s ▮')).toBe('predicate')
    expect(spot('SELECT * WHERE { { SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s ▮')).toBe('predicate')
  })
  it('reads the triples that are written', () => {
    expect(triplesOf('SELECT * { ?s a ce:Company ; ce:name "x", ?n . FILTER (?n != ?s) ?t ce:topic ?s }')).toEqual([
      { subject: '?s', predicate: 'a', object: 'ce:Company' }, { subject: '?s', predicate: 'ce:name', object: '"x"' },
      { subject: '?s', predicate: 'ce:name', object: '?n' }, { subject: '?t', predicate: 'ce:topic', object: '?s' },
    ])
  })
})

describe('completion', () => {
  it('offers properties by the class of the subject', () => {
    expect(offered('SELECT * { ?s a ce:Project ; ▮')).toContain('ce:topic')
    expect(offered('SELECT * { ?s a ce:Project ; ▮')).not.toContain('ce:participatesIn')
    expect(offered('SELECT * { ?s a ce:Company ; ▮')).toContain('ce:participatesIn')
    expect(offered('SELECT * { ?s ▮ }')).toContain('ce:orgNumber')
  })
  it('knows a class from the property that leads to a variable', () => {
    expect(classesOf('?j', 'SELECT * { ?s ce:participatesIn ?j . ?j ', schema)).toEqual(['JointEffort'])
    expect(offered('SELECT * { ?s ce:participatesIn ?j . ?j ▮')).not.toContain('ce:orgNumber')
  })
  it('finds classes by their Swedish label and concepts by what the property takes', () => {
    expect(offered('SELECT * { ?s a före▮', 'sv')).toEqual(['ce:Company'])
    expect(offered('SELECT * { ?s ce:worksOn vind▮', 'sv')).toEqual(['tech:wind-power'])
    expect(offered('SELECT * { ?s ce:worksOn ▮')[0]).toMatch(/tech:wind-power|\?s/)
  })
  it('offers the prefixes of a declaration, and says which one is missing', () => {
    expect(offered('PREFIX sk▮')).toEqual(['skos:'])
    expect(missingPrefix('SELECT * {}', 'tech', schema)).toBe(`PREFIX tech: <${BASE}tech/>\n`)
    expect(missingPrefix(`PREFIX tech: <${BASE}tech/>\nSELECT`, 'tech', schema)).toBeNull()
  })
})

const question = (sparql: string, ...parameters: Partial<Question['parameters'][0]>[]): Question => ({
  id: 'CQ99', audience: 'tool', title: { en: '', sv: '' }, sparql,
  parameters: parameters.map((one) => ({ name: 'x', kind: 'thing', label: { en: '', sv: '' }, default: [], many: true, ...one })),
})

describe('parameters of a question', () => {
  const single = question(`PREFIX id: <${BASE}id/>\nSELECT * { VALUES ?x { id:kth id:abb } ?x ?p ?o }`, { default: ['kth', 'abb'] })
  it('leave the text alone until one is changed', () => {
    expect(filled(single, defaults(single), schema)).toBe(single.sparql)
    expect(changed(single, { x: ['kth', 'abb'] })).toEqual({})
  })
  it('are written with the prefixes of the question, or in full', () => {
    expect(filled(single, { x: ['lund-university', 'place/se-ab', 'tech/wind-power', 'å"b'] }, schema)).toContain(
      `VALUES ?x { id:lund-university <${BASE}id/place/se-ab> <${BASE}tech/wind-power> <${BASE}id/%C3%A5%22b> }`)
  })
  it('of one row change together', () => {
    const row = question('SELECT * { VALUES (?x ?day) { (id:a "2009-12-31"^^xsd:date) } }', { default: ['a'], many: false }, { name: 'day', kind: 'date', default: ['2009-12-31'], many: false })
    expect(filled(row, { x: ['a'], day: ['2020-01-01'] }, schema)).toContain(
      `VALUES (?x ?day) { (<${BASE}id/a> "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>) }`)
  })
  it('cannot bring anything but a value into the query', () => {
    const text = question('SELECT * { VALUES ?x { "a" } }', { kind: 'text', default: ['a'] })
    expect(filled(text, { x: ['" } ?s ?p ?o . { "'] }, schema)).toContain('VALUES ?x { "\\" } ?s ?p ?o . { \\"" }')
    const numeral = question('SELECT * { VALUES ?x { 1 } }', { kind: 'number', default: ['1'] })
    expect(filled(numeral, { x: ['1 } ?s ?p ?o {'] }, schema)).toContain('VALUES ?x { 0 }')
    expect(filled(single, { x: ['a> } <b'] }, schema)).toContain(`<${BASE}id/a%3E%20%7D%20%3Cb>`)
  })
  it('must fit their kind', () => {
    expect(fits({ ...(single.parameters[0] as never as object), kind: 'date' } as never, '2026-13')).toBe(false)
    expect(fits({ ...(single.parameters[0] as never as object), kind: 'moment' } as never, '2026-11-01T00:00:00Z')).toBe(true)
    expect(declared('prefix a: <x>\nPREFIX b-c: <y>')).toEqual({ a: 'x', 'b-c': 'y' })
  })
})

describe('the address of a query', () => {
  it('comes back as it went', () => {
    const place = { q: 'SELECT ?å WHERE { ?å ?p "a&b=c#d+e" }\n', question: null, values: {}, shown: 'chart' as const }
    expect(readQueryPlace(queryHref(place).split('?').slice(1).join('?'))).toEqual(place)
    const asked = { q: null, question: 'CQ03', values: { top: ['tech/batteries', 'tech/wind-power'] }, shown: 'table' as const }
    expect(readQueryPlace(queryHref(asked).slice('/query?'.length))).toEqual(asked)
  })
  it('keeps the language and leaves nonsense out', () => {
    expect(queryHref({ q: 'ASK {}' }, '?lang=sv')).toBe('/query?q=ASK+%7B%7D&lang=sv')
    expect(readQueryPlace('?view=spiral&question=').shown).toBe('table')
  })
})

describe('an answer', () => {
  const json = (vars: string[], ...rows: Record<string, object>[]) => tableOf({ type: 'application/sparql-results+json', seconds: 0, text: JSON.stringify({ head: { vars }, results: { bindings: rows } }) })
  const uri = (value: string) => ({ type: 'uri', value })
  const int = (value: string) => ({ type: 'literal', value, datatype: 'http://www.w3.org/2001/XMLSchema#integer' })
  it('is a table of terms', () => {
    const table = json(['a', 'b'], { a: uri('x:1') }, { b: { type: 'literal', value: 'hej', 'xml:lang': 'sv' } })
    expect(table.rows).toEqual([[{ type: 'uri', value: 'x:1', lang: undefined, datatype: undefined }, undefined], [undefined, { type: 'literal', value: 'hej', lang: 'sv', datatype: undefined }]])
    expect(tableOf({ type: 'application/sparql-results+json', seconds: 0, text: '{"head":{},"boolean":false}' }).boolean).toBe(false)
  })
  it('of triples is read from N-Triples', () => {
    const { rows } = tableOf({ type: 'application/n-triples', seconds: 0, text: '<x:a> <x:p> "a \\"b\\" \\u00e5"@sv .\n_:b <x:p> <x:c> .\n<x:a> <x:p> "1"^^<x:int> .\n' })
    expect(rows.map((row) => row[2]?.value)).toEqual(['a "b" å', 'x:c', '1'])
    expect(rows[1]?.[0]).toEqual({ type: 'bnode', value: 'b' })
  })
  it('is sorted by number and by word, what is missing last', () => {
    const { rows } = json(['n'], { n: int('10') }, {}, { n: int('9') })
    expect(sorted(rows, { column: 0, descending: false }, (term) => term.value, 'en').map((row) => row[0]?.value)).toEqual(['9', '10', undefined])
    expect(sorted(rows, { column: 0, descending: true }, (term) => term.value, 'en').map((row) => row[0]?.value)).toEqual(['10', '9', undefined])
  })
  it('has bars when it has a label and a number', () => {
    expect(chartOf(json(['area', 'n'], { area: uri('x:1'), n: int('3') }))?.bars.map((bar) => bar.value)).toEqual([3])
    expect(chartOf(json(['year', 'n'], { year: int('2020'), n: int('3') }))?.label).toBe('year')
    expect(chartOf(json(['a'], { a: uri('x:1') }))).toBeNull()
    expect(chartOf(json(['n'], { n: int('1') }))).toBeNull()
  })
  it('has a network when its rows name two things, the same one each time', () => {
    const rows = Array.from({ length: 130 }, (_, i) => ({ a: uri('x:hub'), b: uri(`x:${i}`) }))
    const net = netOf(json(['a', 'b'], ...rows), () => true)
    expect(net?.dots.length).toBe(80)
    expect(net?.dots[0]?.id).toBe('x:hub')
    expect(net?.left).toBe(51)
    expect(net?.dots.every((dot) => Math.abs(dot.x) <= 1 && Math.abs(dot.y) <= 1)).toBe(true)
    expect(netOf(json(['a', 'b'], ...rows), () => true)).toEqual(net)
    expect(netOf(json(['a'], { a: uri('x:1') }), () => true)).toBeNull()
  })
})

describe('addresses and keys', () => {
  it('lead to each other', () => {
    for (const key of ['kth', 'place/se-ab', 'tech/wind-power', 'åäö/x?y']) expect(keyOf(iriOf(key, schema), schema)).toBe(key)
    expect(keyOf('https://example.org/id/kth', schema)).toBeNull()
  })
  it('are written so that nothing else comes into the query', () => {
    expect(written(`${BASE}id/place/se-ab`, schema.prefixes)).toBe('place:se-ab')
    expect(prefixed(`${BASE}id/a/b`, schema.prefixes)).toBeNull()
    expect(written('x:a> <b', {})).toBe('<x:a%3E%20%3Cb>')
    expect(inQuery({ type: 'literal', value: 'a"\n\\', lang: 'sv' }, {})).toBe('"a\\"\\n\\\\"@sv')
    expect(inQuery({ type: 'bnode', value: 'b' }, {})).toBeNull()
  })
  it('become links only when they are of the web', () => {
    expect(isWeb('javascript:alert(1)')).toBe(false)
    expect(isWeb('data:text/html,x')).toBe(false)
    expect(isWeb('https://example.org')).toBe(true)
  })
})

describe('the builder', () => {
  const built: Built = { find: 'Company', conditions: [
    { on: 0, property: 'participatesIn', inverse: false, kind: 'Project', value: null },
    { on: 1, property: 'topic', inverse: false, kind: null, value: `<${BASE}tech/wind-power>` },
    { on: 1, property: 'participatesIn', inverse: true, kind: null, value: null },
  ] }
  it('comes back from its address', () => {
    expect(readBuilt(builtHref(built, '').split('?')[1] ?? '', schema)).toEqual(built)
    expect(readBuilt('find=Nobody', schema)).toEqual({ find: null, conditions: [] })
  })
  it('takes no more from an address than one value', () => {
    const evil = new URLSearchParams({ find: 'Company', w: '0 worksOn * <x> } DELETE { ?s ?p ?o' })
    expect(readBuilt(evil.toString(), schema).conditions[0]?.value).toBeNull()
    expect(readBuilt(new URLSearchParams({ find: 'Company', w: '0 nothing *' }).toString(), schema).conditions).toEqual([])
    expect(readBuilt(new URLSearchParams({ find: 'Company', w: '2 worksOn *' }).toString(), schema).conditions).toEqual([])
  })
  it('writes SPARQL', () => {
    const text = builtQuery(built, schema)
    expect(variables(built)).toEqual(['company', 'project', 'topic', 'participatesIn'])
    expect(text).toContain('?company ce:participatesIn ?project .\n  ?project a ce:Project .\n  ?project ce:topic tech:wind-power .\n  ?participatesIn ce:participatesIn ?project .')
    expect(Object.keys(declared(text)).sort()).toEqual(['ce', 'skos', 'tech'])
    expect(counting.properties(built, 1, true, schema)).toContain('?far ?choice ?project')
  })
  it('gives one row for each thing, or every combination, in the language of the reader', () => {
    const one = builtQuery(built, schema, 'sv', 10)
    expect(one).toContain('SELECT ?company (COALESCE(SAMPLE(?companyOwn), SAMPLE(?companyAny)) AS ?companyName) (SAMPLE(?project) AS ?projectExample) (COUNT(DISTINCT ?project) AS ?projectCount)')
    expect(one).toContain('IF(lang(?companyAny) = "sv", ?companyAny, ?none)')
    expect(one).toContain('} GROUP BY ?company ORDER BY ?companyName ?company LIMIT 10')
    const all = builtQuery({ ...built, all: true }, schema)
    expect(all).toContain('GROUP BY ?company ?project ?participatesIn ORDER BY')
    expect(readBuilt(builtHref({ ...built, all: true }, '').split('?')[1] ?? '', schema).all).toBe(true)
    const text = builtQuery({ find: 'Company', conditions: [{ on: 0, property: 'name', inverse: false, kind: null, value: null }] }, schema, 'sv')
    expect(text).toContain('BIND (IF(lang(?name) = "sv", ?name, ?none) AS ?nameOwn)')
    expect(text).toContain('(COALESCE(MIN(?nameOwn), MIN(?name)) AS ?nameExample)')
  })
  it('says what of an address it cannot hold', () => {
    expect(unread('find=Nonsense&w=0+name+*', schema)).toEqual({ kind: 'Nonsense', conditions: ['0 name *'] })
    expect(unread('find=Company&w=0+name+*', schema)).toEqual({ kind: null, conditions: [] })
    expect(unread('find=Company&w=0+worksOn+*&w=1+nothing+*', schema).conditions).toEqual(['1 nothing *'])
    expect(unread(new URLSearchParams({ find: 'Company', w: '0 worksOn * <x> } DELETE' }).toString(), schema).conditions).toEqual(['0 worksOn * <x> } DELETE'])
    expect(unread('find=Company&w=0+participatesIn+Nonsense', schema).conditions).toEqual(['0 participatesIn Nonsense'])
    expect(unread('', schema)).toEqual({ kind: null, conditions: [] })
  })
  it('drops what hangs on what is dropped', () => {
    expect(without(built, 0).conditions).toEqual([])
    expect(without(built, 1).conditions.map((one) => one.property)).toEqual(['participatesIn', 'participatesIn'])
  })
})

describe('an answer in words', () => {
  const say = { count: '{name}: number', example: '{name}: one of them', name: '{name}: name' }
  const uri = (key: string) => ({ type: 'uri' as const, value: `${BASE}id/${key}` })
  const text = (value: string) => ({ type: 'literal' as const, value })
  const table = (columns: string[], ...rows: Table['rows']): Table => ({ kind: 'select', columns, rows, boolean: null })
  const isThing = (term: { value: string }): boolean => keyOf(term.value, schema) !== null
  it('calls columns by kind, property, or their own words', () => {
    const query = 'SELECT * { ?c a ce:Company ; ce:participatesIn ?j ; ce:orgNumber ?x . ?j a ce:Project }'
    expect(headsOf(query, ['c', 'cName', 'j', 'jCount', 'x', 'stillLinked', 'p'], schema, 'sv', say)).toEqual(['Företag', 'Företag: namn'.replace('namn', 'name'), 'Project', 'Project: number', 'OrgNumber', 'Still linked', 'p'])
    expect(headsOf('SELECT * { ?a a ce:Company . ?b a ce:Company }', ['a', 'b'], schema, 'en', say)).toEqual(['Company (a)', 'Company (b)'])
  })
  it('joins a name with its thing', () => {
    expect([...namedBy(table(['r', 'rName', 'n', 'name'], [uri('kth'), text('KTH'), text('1'), text('x')]), isThing)]).toEqual([[0, 1]])
    expect([...namedBy(table(['o', 'name'], [uri('kth'), text('KTH')]), isThing)]).toEqual([[0, 1]])
    expect([...namedBy(table(['o', 'name'], [text('o'), text('KTH')]), isThing)]).toEqual([])
    expect([...namedBy(table(['o', 'x', 'name'], [uri('kth'), text('1'), text('KTH')]), isThing)]).toEqual([])
  })
  it('knows whether a network can be drawn', () => {
    expect(hasNet(table(['a', 'b'], [uri('kth'), uri('rise')]), isThing)).toBe(true)
    expect(hasNet(table(['a', 'b'], [uri('kth'), uri('kth')], [uri('kth'), undefined]), isThing)).toBe(false)
  })
  it('puts things at one point together', () => {
    const held = table(['a', 'p'], [uri('kth'), uri('place/stockholm')], [uri('rise'), undefined], [uri('kth'), undefined], [uri('x'), undefined])
    const key = (term: { value: string }) => keyOf(term.value, schema)
    expect(placeable(table(['a'], [uri('kth')], [{ type: 'uri', value: `${BASE}tech/wind-power` }], [text('x')]), key)).toEqual([`${BASE}id/kth`])
    const at = new Map([[`${BASE}id/kth`, { lat: 59, long: 18 }], [`${BASE}id/place/stockholm`, { lat: 59, long: 18 }], [`${BASE}id/rise`, { lat: 59, long: 18 }]])
    expect(spotsOf(held, at).map((one) => one.things.map((thing) => key(thing)))).toEqual([['kth', 'rise']])
  })
  it('takes the mark of a gap off a title', () => {
    expect(spoken('GAP: which pairs?')).toEqual({ gap: true, text: 'Which pairs?' })
    expect(spoken('LUCKA: vilka par?')).toEqual({ gap: true, text: 'Vilka par?' })
    expect(spoken('Who?')).toEqual({ gap: false, text: 'Who?' })
  })
  it('asks a question in the language of the reader, and changes a value in all its blocks', () => {
    const question: Question = {
      id: 'Q', audience: 'cluster', title: { en: '', sv: '' },
      sparql: 'PREFIX ce: <https://w3id.org/cleantech-kg/ns#> SELECT * { VALUES ?k { ce:Company } { VALUES ?k { ce:Company } } ?t skos:prefLabel ?l FILTER (lang(?l) = "sv") }',
      parameters: [{ name: 'k', kind: 'type', label: { en: '', sv: '' }, default: ['Company'], many: true }],
    }
    const text = filled(question, { k: ['Project'] }, schema, 'en')
    expect(text.match(/VALUES \?k \{ ce:Project \}/g)).toHaveLength(2)
    expect(text).toContain('FILTER (lang(?l) = "en")')
    expect(filled(question, {}, schema)).toBe(question.sparql)
    expect(filled(question, { k: ['x> } DELETE'] }, schema)).toContain('ce:xDELETE')
  })
})

describe('the rest', () => {
  it('says shortly what a parser did not expect', () => {
    expect(undeclared('PREFIX ce: <x> SELECT * { ?x a ce:Company ; skos:prefLabel "tech:x" }')).toBe('skos')
    expect(undeclared('PREFIX ce: <x> # tech:x\nSELECT * { ?x a ce:Company }')).toBeNull()
    expect(unexpected('SELECT * { ?x a  }', 1, 17)).toBe('}')
    expect(unexpected('SELECT * {', 1, 11)).toBeNull()
    expect(isDump('Syntax error: expected one of A, B')).toBe(true)
    expect(isDump('The query is empty')).toBe(false)
  })
  it('reads the LIMIT at the end of a query', () => {
    expect(limitOf('SELECT * { ?s ?p ?o } LIMIT 10\n')).toBe(10)
    expect(limitOf('SELECT * { ?s ?p ?o } LIMIT 10 OFFSET 5')).toBe(10)
    expect(limitOf('SELECT * { { SELECT * { } LIMIT 3 } }')).toBeNull()
    expect(limitOf('SELECT * { ?s ?p "LIMIT 3" }')).toBeNull()
  })
  it('gives the query to other tools whole', () => {
    const query = `SELECT * { ?s ?p "it's \\"so\\"" }`
    expect(code('curl', query, 'http://x/sparql', false)).toContain(`'query=SELECT * { ?s ?p "it'\\''s \\"so\\"" }'`)
    expect(code('rdflib', 'ASK { ?s ?p """x""" }', 'http://x/sparql', false)).toContain('\\"\\"\\"x')
    expect(code('r', 'SELECT (1 AS ?x) {}', 'http://x/sparql', false)).toContain('r"-(SELECT')
    expect(code('sparqlwrapper', query, 'http://x/sparql', true)).toContain('TURTLE')
  })
  it('remembers each query once, the latest first, and survives a broken store', () => {
    expect(remembered([{ q: 'a', at: '1' }, { q: 'b', at: '0' }], 'b', '2').map((one) => one.q)).toEqual(['b', 'a'])
    expect(parseHistory('{"q":1}')).toEqual([])
    expect(parseHistory('not json')).toEqual([])
    expect(headline('# what\nPREFIX a: <b>\n\n SELECT ?x')).toBe('SELECT ?x')
  })
  it('finds the place of an error, in characters', () => {
    expect(offsetOf('ab\ncd', 2, 2)).toBe(4)
    expect(offsetOf('"😀" x', 1, 5)).toBe(5)
    expect(offsetOf('ab', 9, 9)).toBe(2)
  })
  it('knows each trouble', () => {
    const of = (status: number, line: number | null = null, title = '', wait: number | null = null) => troubleOf(new QueryProblem(status, '', title, line, line, null, wait))
    expect([of(0), of(400, 1), of(400), of(403), of(413), of(429), of(503, null, '', 10), of(503, null, '', 2), of(503, null, 'Memory limit reached'), of(500), of(418)])
      .toEqual(['Offline', 'Syntax', 'Evaluate', 'Forbidden', 'Large', 'Many', 'Late', 'Busy', 'Memory', 'Engine', 'Other'])
  })
  it('says everything in both languages, with the same gaps', () => {
    const gaps = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort()
    for (const [key, text] of Object.entries(queryEn)) expect(gaps(querySv[key as keyof typeof queryEn]), key).toEqual(gaps(text))
  })
})
