import { gapsEn } from './gaps-en'
import { gapsSv } from './gaps-sv'
import { addTexts } from './i18n.svelte'

// The page of the gap finder brings its own sentences: the first load of the other pages stays small.
addTexts({ en: gapsEn, sv: gapsSv })
