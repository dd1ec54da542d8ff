import { useState } from 'preact/hooks'
import { IZIN_DAYS, izinReply } from '../../shared/contract/izin.ts'
import { Button } from '../ui/button.tsx'
import { useApp, useTexts } from './app-context.ts'
import { AreaField, ChoiceField, DateField } from './form-fields.tsx'
import { shiftDay } from './month.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { useSend } from './use-send.ts'
import { useWords } from './use-words.ts'

/** Days a request may reach back and ahead (server/izin). */
const DAYS_BACK = 14
const DAYS_AHEAD = 180

/** Asking for days off. `today` YYYY-MM-DD. */
export function IzinForm({ today, onSent, onCancel }: { today: string; onSent: () => void; onCancel: () => void }) {
  const { api } = useApp()
  const { texts } = useTexts()
  const words = useWords().izin
  const [kind, setKind] = useState<'izin' | 'sakit'>('izin')
  const [from, setFrom] = useState(today)
  const [until, setUntil] = useState(today)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { busy, problem, send } = useSend()
  const [min, max] = [shiftDay(today, -DAYS_BACK), shiftDay(today, DAYS_AHEAD)]
  const inRange = (day: string) => min <= day && day <= max
  const wrong = {
    from: from === '' ? words.needDate : inRange(from) ? '' : words.range,
    until:
      until === ''
        ? words.needDate
        : until < from
          ? words.needDates
          : !inRange(until)
            ? words.range
            : from !== '' && until >= shiftDay(from, IZIN_DAYS)
              ? words.tooLong(IZIN_DAYS)
              : '',
    reason: reason.trim().length < 3 ? words.needReason : '',
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    setTried(true)
    const first = wrong.from ? 'from_date' : wrong.until ? 'until_date' : wrong.reason ? 'reason' : null
    if (first !== null) {
      const form = event.currentTarget
      if (form instanceof HTMLFormElement) form.querySelector<HTMLElement>(`[name=${first}]`)?.focus()
      return
    }
    send(async () => {
      const body = { kind, from_date: from, until_date: until, reason: reason.trim() }
      await api.send({ method: 'POST', path: 'izin', body, reply: izinReply })
      onSent()
    })
  }

  const error = (name: keyof typeof wrong) => (tried ? wrong[name] : '')
  const kinds = (['izin', 'sakit'] as const).map((one) => [one, words.kinds[one]] as const)
  return (
    <form class="card form" noValidate onSubmit={submit}>
      {problem && <ProblemNotice problem={problem} detail={problem.code === 'conflict' ? words.conflict : undefined} />}
      <ChoiceField name="kind" label={words.kind} value={kind} options={kinds} onChoose={setKind} />
      <div class="two">
        <DateField
          name="from_date"
          label={words.from}
          value={from}
          onInput={(day) => {
            setFrom(day)
            if (until < day) setUntil(day)
          }}
          error={error('from')}
          min={min}
          max={max}
        />
        <DateField
          name="until_date"
          label={words.until}
          value={until}
          onInput={setUntil}
          error={error('until')}
          min={from || min}
          max={max}
        />
      </div>
      <AreaField
        name="reason"
        label={words.reason}
        value={reason}
        onInput={setReason}
        error={error('reason')}
        hint={words.reasonHint}
      />
      <Button type="submit" kind="primary" large wide busy={busy} testId="send-izin">
        {words.send}
      </Button>
      <Button kind="quiet" wide onPress={onCancel}>
        {texts.cancel}
      </Button>
    </form>
  )
}
