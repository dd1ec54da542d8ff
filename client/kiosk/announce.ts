import type { View } from './kiosk.ts'
import type { Texts } from './texts-id.ts'

/** What a screen reader says when the view changes; '' where the screen's own words take the focus. */
export function announce(view: View, texts: Texts): string {
  if (view.kind === 'idle') return view.hint === null ? '' : texts.idle[view.hint]
  if (view.kind === 'walk') {
    const { state } = view
    if (state.stage === 'asking') return state.prompt ? texts.prompts[state.prompt] : ''
    return state.stage === 'settling' ? (state.hint ? texts.hints[state.hint] : texts.settling) : texts.checking
  }
  if (view.kind !== 'result') return ''
  const { title, who, detail } = wordsOf(view.result, texts)
  return [title, who, detail].filter(Boolean).join('. ')
}

/** A result in words: what happened, to whom, and what else there is to say. */
export function wordsOf(
  result: Extract<View, { kind: 'result' }>['result'],
  texts: Texts,
): { readonly title: string; readonly who: string; readonly kelas: string; readonly detail: string } {
  const { result: words, troubles, status } = texts
  if (result.kind === 'provisional') {
    const { name, nim, kelas } = result.claim
    const detail = `${words.saved(result.time)}. ${words.provisionalBody}`
    return { title: words.provisional, who: name ?? nim ?? words.unnamed, kelas: kelas ?? '', detail }
  }
  if (!('name' in result)) {
    const { title, body } = troubles[result.kind]
    return { title, who: '', kelas: '', detail: body }
  }
  const { kind, name, kelas, time, lateMinutes, review } = result
  const title = kind === 'recorded' ? words.recorded : kind === 'late' ? words.late(lateMinutes) : words.already(time)
  const withTime = kind === 'late' ? words.saved(time) : `${status[result.status]}, ${words.at(time)}`
  const said = kind === 'already' ? status[result.status] : withTime
  return { title, who: name, kelas: kelas ?? '', detail: review ? `${said}. ${words.review}.` : said }
}
