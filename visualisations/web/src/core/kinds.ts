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
 * Chosen for normal sight; squares are efforts. Least OKLab distance of two kinds that share a shape, with full colour blindness simulated (Machado 2009):
 * light 0.08 normal, 0.03 protan (company, research), under 0.01 deutan (public, network), 0.06 tritan (company, money);
 * dark 0.11, 0.06, 0.07 and 0.06. With red-green blindness some pairs cannot be told apart by colour: names, lists and filters say the kind in words.
 */
export const KIND_COLOURS: Record<'light' | 'dark', Record<KindGroup, string>> = {
  light: {
    company: '#2f6fb0', startup: '#4fb4e6', research: '#b0559c', public: '#c8b400',
    money: '#0f8f6c', support: '#d1500f', network: '#eb9d1b', effort: '#87918c',
  },
  dark: {
    company: '#4f8fdc', startup: '#8fd3fb', research: '#d388c2', public: '#efe36a',
    money: '#27b58d', support: '#e8702f', network: '#f4b548', effort: '#74807a',
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
