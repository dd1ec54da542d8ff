import { readWallClock } from '../../../shared/attendance/zone.ts'
import type { WalkState } from '../../check-in/walk-state.ts'
import { formatTime } from '../../core/clock.ts'
import type { Language } from '../../core/language.ts'
import type { Status, View } from '../kiosk.ts'
import type { Texts } from '../texts-id.ts'

/** The large line over the oval and the one under it. */
export interface DoorWords {
  readonly order: string
  readonly under: string
}

/** Why nobody is taken just now, in words; null: somebody may come. */
export function troubleWords(status: Status, texts: Texts): DoorWords | null {
  const { stop, camera, cameraTrouble, loaded } = status
  if (stop !== null && !status.online) return { order: texts.stops[stop].title, under: texts.stops[stop].body }
  if (camera === null && cameraTrouble !== null) return { order: texts.cameras[cameraTrouble], under: '' }
  return loaded === null ? { order: texts.noFaces, under: '' } : null
}

/** What is in the way of the order just given; '' for nothing, or for what the order of a rest says already. */
export function hintWords(state: WalkState, texts: Texts): string {
  if (!('hint' in state) || state.hint === null) return ''
  const isSaid = state.stage === 'asking' && state.prompt === null && state.hint === 'look_straight'
  return isSaid ? '' : texts.hints[state.hint]
}

export function doorWords(view: View, status: Status, texts: Texts): DoorWords {
  const trouble = troubleWords(status, texts)
  if (trouble !== null) return trouble
  if (status.loaded !== null && status.loaded < 1)
    return { order: texts.loadingFaces(Math.floor(status.loaded * 100)), under: '' }
  if (view.kind === 'walk') {
    const { state } = view
    if (state.stage === 'asking') {
      const again = state.attempt > 1 ? texts.attempt(state.attempt) : ''
      return { order: texts.prompts[state.prompt ?? 'pose-front'], under: hintWords(state, texts) || again }
    }
    if (state.stage === 'settling') return { order: texts.settling, under: hintWords(state, texts) }
    return { order: texts.checking, under: '' }
  }
  if (view.kind === 'known')
    return view.name === null
      ? { order: texts.known, under: texts.knownBody }
      : { order: texts.knownAs(view.name), under: texts.notYou }
  const hint = view.kind === 'idle' ? view.hint : null
  if (hint !== null) return { order: texts.idle[hint], under: '' }
  if (status.camera === null) return { order: texts.awaitingCamera, under: texts.awaitingCameraBody }
  return { order: texts.invite, under: status.online ? texts.inviteBody : texts.inviteOffline }
}

/** A day beside today, short. `date`, `today`: YYYY-MM-DD. */
export function dayWords(date: string, today: string, texts: Texts): string {
  if (date === today) return texts.today
  const before = new Date(Date.parse(`${today}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  return date === before ? texts.yesterday : date.slice(5).split('-').reverse().join('/')
}

/** How many events wait, and since when; a time alone is today's. @param now ms since 1970 */
export function waitingWords(
  { queue, oldest, timeZone }: Status,
  now: number,
  texts: Texts,
  language: Language,
): string {
  if (oldest === null) return texts.waiting(queue)
  const { iso } = readWallClock(Date.parse(oldest), timeZone)
  const today = readWallClock(now, timeZone).iso.slice(0, 10)
  const day = iso.slice(0, 10) === today ? null : dayWords(iso.slice(0, 10), today, texts)
  return `${texts.waiting(queue)}, ${texts.oldest(formatTime(iso.slice(11, 16), language), day)}`
}
