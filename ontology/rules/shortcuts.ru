# The shortcuts, defined once. Run over the default graph after the sources and the ontology are loaded there.
# The order matters: a rule may use what the rules above it have made.
PREFIX ce: <https://w3id.org/cleantech-kg/ns#>
PREFIX change: <https://w3id.org/cleantech-kg/change/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX role: <https://w3id.org/cleantech-kg/role/>
PREFIX size: <https://w3id.org/cleantech-kg/size/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX stage: <https://w3id.org/cleantech-kg/stage/>

# A thing is of its kind and of every class above it.
INSERT { ?x a ?super } WHERE { ?x ce:kind/rdfs:subClassOf* ?super FILTER (isIRI(?super)) } ;
INSERT { ?c a ce:StartUp } WHERE { ?c ce:companyStage stage:start-up } ;
INSERT { ?c a ce:SME } WHERE { ?c ce:sizeClass ?s FILTER (?s IN (size:micro, size:small, size:medium, size:sme)) } ;
INSERT { ?f a ce:Funder } WHERE { ?x ce:funder ?f } ;
INSERT { ?f a ce:Investor } WHERE { ?x ce:investor ?f } ;

# What is said with a narrower property is also said with ce:about, ce:party or ce:role.
INSERT { ?x ?wide ?y } WHERE {
  VALUES ?wide { ce:about ce:party ce:role }
  ?narrow rdfs:subPropertyOf+ ?wide . ?x ?narrow ?y } ;

# Taking part: the participant, and the unit that acts for it.
INSERT { ?a ce:participatesIn ?j } WHERE { ?p ce:inEffort ?j ; ce:participant|ce:via ?a } ;
INSERT { ?a ce:hasRoleIn ?j } WHERE {
  ?p ce:participant ?a ; ce:inEffort ?j ; ce:role ?r FILTER (?r IN (role:coordinator, role:principal, role:initiator)) } ;

# Collaboration 1: together in a project or consortium of at most 60, other than as members or attendees.
INSERT { ?a ce:collaboratesWith ?b } WHERE {
  { SELECT ?j WHERE {
      VALUES ?k { ce:Project ce:Consortium } ?j a ?k .
      ?p ce:inEffort ?j ; ce:participant|ce:via ?x ; ce:role ?r FILTER (?r != role:attendee)
      FILTER NOT EXISTS { ?p a ce:Membership }
    } GROUP BY ?j HAVING (COUNT(DISTINCT ?x) <= 60) }
  ?p1 ce:inEffort ?j ; ce:participant|ce:via ?a ; ce:role ?r1 FILTER (?r1 != role:attendee)
  ?p2 ce:inEffort ?j ; ce:participant|ce:via ?b ; ce:role ?r2 FILTER (?r2 != role:attendee && ?a != ?b)
  FILTER NOT EXISTS { ?p1 a ce:Membership } FILTER NOT EXISTS { ?p2 a ce:Membership } } ;
# Collaboration 2: together in the lead of an effort or organisation that is neither event nor project.
INSERT { ?a ce:collaboratesWith ?b } WHERE {
  VALUES ?r1 { role:initiator role:principal role:coordinator role:partner }
  VALUES ?r2 { role:initiator role:principal role:coordinator role:partner }
  ?p1 ce:inEffort ?j ; ce:participant ?a ; ce:role ?r1 .
  ?p2 ce:inEffort ?j ; ce:participant ?b ; ce:role ?r2 FILTER (?a != ?b)
  FILTER NOT EXISTS { ?j a ce:Event } FILTER NOT EXISTS { ?j a ce:Project } } ;
# Collaboration 3: parties of one partnership.
INSERT { ?a ce:collaboratesWith ?b } WHERE { ?p a ce:Partnership ; ce:party ?a, ?b FILTER (?a != ?b) } ;
# Collaboration 4: joint owners of one thing.
INSERT { ?a ce:collaboratesWith ?b } WHERE {
  ?x ce:owned ?j ; ce:owner ?a ; ce:role role:joint-owner .
  ?y ce:owned ?j ; ce:owner ?b ; ce:role role:joint-owner FILTER (?a != ?b) } ;

INSERT { ?o ce:subsidiaryOf ?w } WHERE { ?x ce:owner ?w ; ce:owned ?o ; ce:share ?s FILTER (?s > 0.5) } ;
INSERT { ?o ce:subsidiaryOf ?w } WHERE {
  ?x ce:owner ?w ; ce:owned ?o ; ce:role ?r FILTER (?r IN (role:subsidiary, role:acquirer)) } ;
INSERT { ?h ce:affiliatedWith ?o } WHERE { ?x ce:holder ?h ; ce:positionAt ?o } ;
INSERT { ?b ce:supports ?s } WHERE { ?x ce:supporter ?b ; ce:supported ?s } ;
INSERT { ?n ce:spunOutOf ?o } WHERE { ?x ce:changeKind change:spin-out ; ce:before ?o ; ce:after ?n } ;

# Money. An investment has a round, or a recipient of its own when the round is not known.
INSERT { ?r ce:fundedBy ?f } WHERE { ?x ce:funder ?f ; ce:recipient|ce:fundedEffort ?r } ;
INSERT { ?i ce:investedIn ?c } WHERE { ?x ce:investor ?i ; ce:round/ce:recipient ?c } ;
INSERT { ?i ce:investedIn ?c } WHERE { ?x ce:investor ?i ; ce:recipient ?c } ;

# Technology and place, as said and closed upwards.
INSERT { ?a ce:worksOn ?t } WHERE { ?x ce:actor ?a ; ce:area ?t } ;
INSERT { ?a ce:inField ?t } WHERE { ?a ce:worksOn/skos:broader* ?t } ;
INSERT { ?o ce:locatedIn ?p } WHERE { ?x ce:siteOf ?o ; ce:place ?p } ;
INSERT { ?o ce:inRegion ?q } WHERE { ?o ce:locatedIn/ce:within* ?q }
