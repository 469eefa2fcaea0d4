import type { Group } from './api/types'

/** About twenty classes of the ontology shown in eight colours: the same in the legend, the map and the lists. */
export const KIND_GROUPS = ['company', 'startup', 'research', 'public', 'money', 'support', 'network', 'effort'] as const
export type KindGroup = (typeof KIND_GROUPS)[number]

const MEMBERS: Record<KindGroup, readonly string[]> = {
  company: ['Company', 'LegalEntity', 'SME', 'Organization', 'OrganizationalUnit'],
  startup: ['StartUp'],
  research: ['ResearchPerformer', 'HigherEducationInstitution', 'ResearchInstitute', 'ResearchGroup', 'ResearchCentre'],
  public: ['PublicBody', 'Municipality', 'Region', 'GovernmentAgency', 'SupranationalBody'],
  money: ['FundingAgency', 'InvestmentOrganization', 'Foundation', 'Funder', 'Investor'],
  support: ['SupportOrganization', 'Incubator', 'Accelerator', 'SciencePark', 'ClusterOrganization', 'TechTransferOffice', 'TestBed'],
  network: ['Collaboration', 'Consortium', 'Cluster', 'Network', 'Association', 'TradeAssociation', 'CivilSocietyOrganization'],
  effort: ['JointEffort', 'Programme', 'Call', 'Project', 'CentreStage', 'Initiative', 'Event', 'VentureDay', 'InvestmentRound'],
}

const OF_KIND = new Map<string, KindGroup>(
  KIND_GROUPS.flatMap((group) => MEMBERS[group].map((kind) => [kind, group] as const)))

/** A class that is not in the table is an effort if the vocabulary says so, else counted with the companies. */
export const kindGroup = (kind: string, group?: Group): KindGroup =>
  OF_KIND.get(kind) ?? (group === 'effort' ? 'effort' : 'company')

/**
 * Searched for the greatest least distance with every kind of colour blindness (docs/decisions/0017-colours.md; a test keeps it):
 * any two of the seven round kinds are at least 21 apart in CIELAB in the light theme and 31 in the dark one, and each has a
 * contrast of 3 to paper and card. Squares are efforts. Names, lists and filters say the kind in words, too.
 */
export const KIND_COLOURS: Record<'light' | 'dark', Record<KindGroup, string>> = {
  light: {
    company: '#253cbe', startup: '#0b99c5', research: '#5f2464', public: '#a19300',
    money: '#076a47', support: '#a8330d', network: '#c08251', effort: '#87918c',
  },
  dark: {
    company: '#5577e9', startup: '#3bedff', research: '#8f5e99', public: '#f8e78d',
    money: '#a5d4ae', support: '#ec4349', network: '#f29a0e', effort: '#74807a',
  },
}

/** Each kind of tie has a colour of its own; the word stands beside it wherever it is used. */
export const TIE_COLOURS: Record<'light' | 'dark', Record<string, string>> = {
  light: {
    participation: '#0b7f68', collaboration: '#0b7f68', partnership: '#2a62b5', membership: '#6d86a8', part: '#7d7468', funding: '#a87900',
    investment: '#c2571a', ownership: '#8a4a8f', change: '#b8407a', support: '#5d8f1f',
  },
  dark: {
    participation: '#3fc4a2', collaboration: '#3fc4a2', partnership: '#7fb0f5', membership: '#93a9c6', part: '#b5ab9c', funding: '#e0b84a',
    investment: '#f09a63', ownership: '#cf92d3', change: '#f08ab5', support: '#a9d06a',
  },
}
export const tieColour = (tie: string, theme: 'light' | 'dark'): string =>
  TIE_COLOURS[theme][tie] ?? (theme === 'light' ? '#6b7772' : '#93a19b')
