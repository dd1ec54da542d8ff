import { addDays, isoWeekday } from '../../../../shared/attendance/zone.ts'

/** The ranges of days a school asks for, in the order they are offered. */
export const PRESETS = ['today', 'week', 'month', 'term'] as const
export type Preset = (typeof PRESETS)[number]

export interface Period {
  /** Days, YYYY-MM-DD, both of them in it. */
  readonly from: string
  readonly until: string
}

/** From the first day of a preset to today. A term begins in January or July, as Indonesian schools have it. */
export function periodOf(preset: Preset, today: string): Period {
  const [year = '', month = ''] = today.split('-')
  const first = {
    today,
    week: addDays(today, 1 - isoWeekday(today)),
    month: `${year}-${month}-01`,
    term: `${year}-${Number(month) >= 7 ? '07' : '01'}-01`,
  }
  return { from: first[preset], until: today }
}

/** The preset that is this very period; null for any other. */
export function presetOf({ from, until }: Period, today: string): Preset | null {
  return PRESETS.find((preset) => periodOf(preset, today).from === from && until === today) ?? null
}
