import { useState } from 'preact/hooks'
import { consentLedgerApi } from '../../../../shared/contract/api/consent-ledger.ts'
import { consentStateSchema } from '../../../../shared/contract/consent-ledger.ts'
import { CONSENT_VERSION } from '../../../../shared/contract/consents.ts'
import { schoolDay } from '../../../core/clock.ts'
import { useStore } from '../../../core/store.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Check, Form, Select } from '../../parts/inputs.tsx'
import { KelasField } from '../../parts/kelas-field.tsx'
import { Page } from '../../parts/page.tsx'
import { Pager, useFilledPage } from '../../parts/pager.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { useUnsaved } from '../../parts/use-unsaved.ts'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { ConsentSheet } from './consent-sheet.tsx'
import { ConsentTable, type Kind, keyOf, type Sheet } from './consent-table.tsx'
import { consentTexts } from './texts.ts'

const PAGE = 100
/** Sheets the server takes at once; the rest stays ticked. */
const MOST = 2000

/** `/students/consents?kelas=&state=&offset=`: who has consented, and the sheets that came back, entered together. */
export function ConsentsScreen() {
  const words = useWords(consentTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api, router, toasts } = useAdmin()
  const { filters } = useStore(router)
  const { kelas = '' } = filters
  const offset = Math.max(0, Number(filters.offset) || 0)
  const state = consentStateSchema.safeParse(filters.state).data
  const people = useAsk(`consents ${kelas} ${state} ${offset}`, () =>
    api.call(consentLedgerApi.list, { query: { kelas, state, role: 'user', limit: PAGE, offset } }),
  )
  useFilledPage(offset, people)
  const act = useAct()
  const [ticked, setTicked] = useState<ReadonlyMap<string, Sheet>>(new Map())
  const [day, setDay] = useState(schoolDay)
  const [seen, setSeen] = useState(false)
  const [refused, setRefused] = useState<Record<'later' | 'unknown', readonly string[]>>({ later: [], unknown: [] })
  const [isPrinting, setPrinting] = useState(false)
  useUnsaved(ticked.size > 0)
  /** Sheets of several classes may be ticked and entered together. */
  const look = (changes: Readonly<Record<string, string>>) => router.filter({ ...changes, offset: '' }, { keeps: true })

  const tick = (sheet: Sheet) =>
    setTicked((old) => {
      const next = new Map(old)
      if (!next.delete(keyOf(sheet))) next.set(keyOf(sheet), sheet)
      return next
    })
  const tickAll = (kind: Kind) =>
    setTicked((old) => {
      const open = (people.data?.data ?? []).filter((person) => person[kind] === null)
      const sheets = open.map(({ nim }) => ({ nim, kind }))
      return new Map([...old, ...sheets.map((sheet) => [keyOf(sheet), sheet] as const)])
    })
  const enter = () =>
    act.run(async () => {
      const sheets = [...ticked.values()].slice(0, MOST)
      const consents = sheets.map((sheet) => ({ ...sheet, given_on: day }))
      const reply = await api.call(consentLedgerApi.bulk, { body: { version: CONSENT_VERSION, consents } })
      const sent = new Set(sheets.map(keyOf))
      setTicked((old) => new Map([...old].filter(([key]) => !sent.has(key))))
      setSeen(false)
      setRefused({ later: reply.withdrawn_since, unknown: reply.unknown })
      toasts.say(words.entered(formatCount(reply.recorded, language)))
      await people.reload()
    })
  const isReady = ticked.size > 0 && seen && day !== ''
  return (
    <Page title={words.title} lead={words.lead}>
      <a href={addressOf(['students'])}>← {words.back}</a>
      <div class="filters">
        <KelasField label={words.kelas} all={general.all} value={kelas} onChange={(value) => look({ kelas: value })} />
        <Select
          label={words.state}
          value={state ?? ''}
          onChange={(value) => look({ state: value })}
          testId="consent-filter"
          options={[
            ['', general.all],
            ...consentStateSchema.options.map((name) => [name, words.states[name]] as const),
          ]}
        />
      </div>
      <div class="row-actions">
        <Button onPress={() => tickAll('self')}>{words.allSelf}</Button>
        <Button onPress={() => tickAll('guardian')} testId="all-guardians">
          {words.allGuardians}
        </Button>
        <Button onPress={() => setPrinting(true)} testId="print-sheet">
          {words.print}
        </Button>
      </div>
      {people.problem && <ProblemLine problem={people.problem} onRetry={people.reload} />}
      {(['later', 'unknown'] as const).map(
        (why) =>
          refused[why].length > 0 && (
            <Notice key={why} kind="warn" alert>
              {words[why](refused[why].join(', '))}
            </Notice>
          ),
      )}
      <ConsentTable people={people.data?.data ?? null} ticked={ticked} onTick={tick} />
      <Pager total={people.data?.total ?? 0} limit={PAGE} offset={offset} keeps />
      <section class="panel">
        <Form onSend={() => isReady && enter()}>
          <DateInput label={words.day} value={day} onChange={setDay} testId="sheet-day" />
          <Check label={words.seen(CONSENT_VERSION)} checked={seen} onChange={setSeen} testId="sheet-seen" />
          {act.problem && <ProblemLine problem={act.problem} />}
          <div class="row-actions end">
            <Button kind="primary" type="submit" busy={act.busy} disabled={!isReady} testId="enter-sheets">
              {words.enter(formatCount(ticked.size, language))}
            </Button>
          </div>
        </Form>
      </section>
      {isPrinting && <ConsentSheet onPrinted={() => setPrinting(false)} />}
    </Page>
  )
}
