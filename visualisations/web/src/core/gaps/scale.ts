import type { Status } from '../api/gaps'

/** How a cell is drawn: a step of the diverging scale, or a pattern that is no step of it. */
export type Step = 'gap3' | 'gap2' | 'gap1' | 'even' | 'over1' | 'over2' | 'over3' | 'unsaid' | 'few'

/** Of ln((O+1)/(E+1)): a third, two thirds; and the same the other way. */
const FAR = Math.log(3)
const NEAR = Math.log(1.5)

/**
 * Only a cell whose interval says so is coloured as a gap or as over-linked, however far its estimate lies from zero;
 * "cannot say" and "too few actors" are patterns of their own and never a colour of the scale.
 */
export function step(status: Status, gap: number): Step {
  if (status === 'cannot-say') return 'unsaid'
  if (status === 'too-few-actors') return 'few'
  if (status === 'as-expected') return 'even'
  const size = Math.abs(gap) >= FAR ? 3 : Math.abs(gap) >= NEAR ? 2 : 1
  return status === 'gap' ? `gap${size}` : `over${size}`
}

/** How much less or more than expected, as a share: ln(0.3) -> -0.7. */
export const surplus = (gap: number): number => Math.exp(gap) - 1

/** The steps of the legend, from most lacking to most linked. */
export const STEPS = ['gap3', 'gap2', 'gap1', 'even', 'over1', 'over2', 'over3'] as const satisfies readonly Step[]
