import type { Status, View } from './kiosk.ts'
import { doorWords, hintWords, troubleWords } from './screens/door-words.ts'
import type { Texts } from './texts-id.ts'

/** What a screen reader says when the view changes; '' where the screen's own words take the focus, or nothing is new. */
export function announce(view: View, status: Status, texts: Texts): string {
  if (view.kind === 'result') {
    const { title, who, kelas, said, detail } = wordsOf(view.result, texts)
    return [title, who, kelas, said, detail].filter(Boolean).join('. ')
  }
  if (view.kind !== 'idle' && view.kind !== 'known' && view.kind !== 'walk') return ''
  const isInvitation = view.kind === 'idle' && view.hint === null
  // Percents are for the eye.
  const isLoading = status.loaded !== null && status.loaded < 1
  if ((isInvitation || isLoading) && troubleWords(status, texts) === null) return ''
  const { order, under } = doorWords(view, status, texts)
  // What stands under an order of the walk comes and goes: it is said apart, when nothing else is.
  return view.kind === 'walk' ? order : [order, under].filter(Boolean).join('. ')
}

/** What is in the way of the order just given: out of the oval, too dark. */
export const announceHint = (view: View, texts: Texts): string =>
  view.kind === 'walk' ? hintWords(view.state, texts) : ''

/** A result in words: what happened, to whom, status and time, and what else there is to say. */
export function wordsOf(
  result: Extract<View, { kind: 'result' }>['result'],
  texts: Texts,
): Readonly<Record<'title' | 'who' | 'kelas' | 'said' | 'detail', string>> {
  const { result: words, troubles, status } = texts
  if (result.kind === 'provisional') {
    const { name, nim, kelas } = result.claim
    const said = result.clockKnown ? words.saved(result.time) : words.savedUnsure
    const who = name ?? nim ?? words.unnamed
    return { title: words.provisional, who, kelas: kelas ?? '', said, detail: words.provisionalBody }
  }
  if (result.kind === 'absent') {
    const { name, kelas } = result
    return {
      title: words.absent(status[result.status]),
      who: name,
      kelas: kelas ?? '',
      said: '',
      detail: words.absentBody,
    }
  }
  if (!('name' in result)) {
    const { title, body } = troubles[result.kind]
    return { title, who: '', kelas: '', said: '', detail: body }
  }
  const { kind, name, kelas, time, lateMinutes, review } = result
  const titles = {
    recorded: words.recorded,
    late: words.late(lateMinutes),
    left: words.left,
    already: words.already(time),
  }
  const saids = {
    recorded: `${status[result.status]}, ${words.at(time)}`,
    late: words.saved(time),
    left: words.saved(time),
    already: status[result.status],
  }
  const detail = review ? `${words.review}.` : ''
  return { title: titles[kind], who: name, kelas: kelas ?? '', said: saids[kind], detail }
}
