import { useEffect, useState } from 'preact/hooks'
import type { z } from 'zod'
import { exportReply } from '../../shared/contract/privacy.ts'
import { setSchoolZone } from '../core/clock.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useApp, useTexts } from './app-context.ts'
import { heldText } from './held-text.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { useFocusInside } from './use-focus-inside.ts'
import { useSend } from './use-send.ts'
import { useWords } from './use-words.ts'

type Export = z.infer<typeof exportReply>

/** Entries of a section shown on the screen; the download holds all of them. */
const SHOWN = 20

/** One thing held. The names it has in the file are in the download only. */
function Held({ entry }: { entry: object }) {
  const { language } = useTexts()
  const words = useWords().privacy.held
  return (
    <dl class="held">
      {heldText(entry, words, language).map(({ label, text }, at) => (
        // Two names of the file may have one label; the lines never change while they are shown.
        <div key={`${label} ${at}`}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

function Section({ title, entries }: { title: string; entries: readonly object[] }) {
  const words = useWords().privacy
  return (
    <details class="held-section">
      <summary>
        <span>
          <span class="row-name">{title}</span>
          <span class="soft numbers">{words.entries(entries.length)}</span>
        </span>
        <Icon name="forward" size={20} />
      </summary>
      {entries.length === 0 && <p class="soft">{words.nothing}</p>}
      {entries.slice(0, SHOWN).map((entry, at) => (
        // The list never changes while it is shown.
        <Held key={`${title} ${at}`} entry={entry} />
      ))}
      {entries.length > SHOWN && <p class="soft">{words.first(SHOWN, entries.length)}</p>}
    </details>
  )
}

/** Gives the file to the browser's downloads; it is made here, from what was shown. */
function Download({ data }: { data: Export }) {
  const words = useWords().privacy
  const [url, setUrl] = useState('')
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [data])
  return (
    <a
      class="button plain wide"
      href={url}
      download={`smart-absensi-${data.profile.nim.replace(/[^\w-]/g, '-')}-${data.exported_at.slice(0, 10)}.json`}
      data-testid="download-data"
    >
      {words.download}
    </a>
  )
}

/** Everything held on the signed-in person: to be looked at, and to be taken along. */
export function OwnData() {
  const { api } = useApp()
  const words = useWords().privacy
  const [data, setData] = useState<Export | null>(null)
  const { busy, problem, send } = useSend()
  const place = useFocusInside<HTMLElement>(data !== null)
  const show = () =>
    send(async () => {
      // Times of the file are in UTC; people read them on the school's clocks.
      const [health, held] = await Promise.all([
        api.health(),
        api.send({ method: 'GET', path: 'me/export', reply: exportReply }),
      ])
      setSchoolZone(health.time_zone)
      setData(held)
    })
  const names = Object.keys(words.sections) as (keyof typeof words.sections)[]
  return (
    <section class="card" aria-labelledby="data-title" ref={place}>
      <h2 id="data-title">{words.data}</h2>
      <p class="soft">{words.dataBody}</p>
      {problem && <ProblemNotice problem={problem} />}
      {data ? (
        <>
          <Download data={data} />
          {names.map((name) => {
            const held = data[name]
            return <Section key={name} title={words.sections[name]} entries={Array.isArray(held) ? held : [held]} />
          })}
        </>
      ) : (
        <Button wide busy={busy} testId="show-data" onPress={show}>
          {words.show}
        </Button>
      )}
    </section>
  )
}
