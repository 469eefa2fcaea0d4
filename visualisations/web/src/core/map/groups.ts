import type { Key } from '../i18n/en'
import type { KindGroup } from '../kinds'

/** The names of the eight colours. */
export const GROUP_KEYS = {
  company: 'groupCompany', startup: 'groupStartup', research: 'groupResearch', public: 'groupPublic',
  money: 'groupMoney', support: 'groupSupport', network: 'groupNetwork', effort: 'groupEffort',
} as const satisfies Record<KindGroup, Key>
