import type { z } from 'zod'
import type { jobSchema } from '../../../../shared/contract/jobs.ts'
import { formatTime } from '../../../core/clock.ts'
import type { Language } from '../../../core/language.ts'
import { formatBytes, formatCount } from '../../format.ts'
import { jobTexts } from './texts.ts'

export type Job = z.output<typeof jobSchema>

const wordOf = (table: Readonly<Record<string, string>>, code: string): string | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined

/** What a job is called, and what it does; '' for one that is not known here. */
export const nameOf = (job: Job, language: Language) => wordOf(jobTexts[language].job, job.name) ?? job.name
export const whatOf = (job: Job, language: Language) => wordOf(jobTexts[language].what, job.name) ?? ''

/** When a job runs, in words; a schedule of another shape as cron writes it. */
export function tellSchedule(cron: string, language: Language): string {
  const words = jobTexts[language]
  if (cron === '* * * * *') return words.everyMinute
  const minutes = /^\*\/(\d+) \* \* \* \*$/.exec(cron)?.[1]
  if (minutes !== undefined) return words.everyMinutes(minutes)
  const [, minute, hour] = /^(\d+) (\d+) \* \* \*$/.exec(cron) ?? []
  if (minute === undefined || hour === undefined) return words.schedule(cron)
  return words.daily(formatTime(`${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`, language))
}

/** What came of the last run, in a sentence. */
export function tellOutcome(job: Job, language: Language): string {
  const words = jobTexts[language]
  if (job.last_result === 'failed') return words.failedBody(job.last_error ?? '?')
  const { reason, ...details } = job.last_detail ?? {}
  if (reason !== undefined) return wordOf(words.reason, String(reason)) ?? String(reason)
  const told = Object.entries(details).flatMap(([key, value]) =>
    value === 0 ? [] : [tellDetail(key, value, language)],
  )
  return told.join(', ') || (job.last_result === null ? '' : words.nothing)
}

function tellDetail(key: string, value: string | number, language: Language): string {
  const words = jobTexts[language]
  const name = wordOf(words.detail, key) ?? key.replaceAll('_', ' ')
  if (key === 'bytes') return `${name} ${formatBytes(Number(value), language)}`
  if (key === 'audit') {
    const line = /^broken_at_(\d+)$/.exec(String(value))?.[1]
    return `${name} ${line === undefined ? words.auditWhole : words.auditBroken(line)}`
  }
  return typeof value === 'number' ? `${formatCount(value, language)} ${name}` : `${name} ${value}`
}

/** Whole seconds the last run took; null while it runs, or where it never did. */
export function secondsOf({ last_started, last_ended }: Job): number | null {
  if (last_started === null || last_ended === null) return null
  const took = (Date.parse(last_ended) - Date.parse(last_started)) / 1000
  return took < 0 ? null : Math.round(took)
}
