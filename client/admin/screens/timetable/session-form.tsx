import { useState } from 'preact/hooks'
import type { z } from 'zod'
import { timetableApi } from '../../../../shared/contract/api/timetable.ts'
import type { timetableSessionSchema } from '../../../../shared/contract/timetable.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useWords } from '../../app-context.ts'
import { DateInput, TimeInput } from '../../parts/date-input.tsx'
import { focusWrong } from '../../parts/focus-wrong.ts'
import { Check, Form, Input } from '../../parts/inputs.tsx'
import { KelasListInput, kelasOrAll } from '../../parts/kelas-list-input.tsx'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { PlaceFields } from './place-fields.tsx'
import { findWrongPlace, toForm, toRule } from './place-rule.ts'
import { timetableTexts } from './texts.ts'
import { isReversed } from './valid-days.ts'

export type Session = z.output<typeof timetableSessionSchema>

/** A session, whole: to add it or to change it. */
export function SessionForm(props: { session: Session | null; onClose: () => void; onDone: () => Promise<void> }) {
  const words = useWords(timetableTexts)
  const general = useWords(common)
  const { api } = useAdmin()
  const act = useAct()
  const { session } = props
  const [form, setForm] = useState({
    name: session?.name ?? '',
    kelas: (session?.kelas ?? []).join(', '),
    opens: session?.opens ?? '06:00',
    late_after: session?.late_after ?? '07:15',
    closes: session?.closes ?? '12:00',
    grace_minutes: String(session?.grace_minutes ?? 0),
    leaving_opens: session?.leaving_opens ?? '',
    leaving_closes: session?.leaving_closes ?? '',
    valid_from: session?.valid_from ?? '',
    valid_until: session?.valid_until ?? '',
  })
  const [days, setDays] = useState<readonly number[]>(session?.days ?? [1, 2, 3, 4, 5])
  const [place, setPlace] = useState(toForm(session?.place ?? null))
  /** What is wrong with the days or the place is told once somebody tried to save it. */
  const [tried, setTried] = useState(false)
  const wrongPlace = findWrongPlace(place)
  const wrongDays = isReversed(form.valid_from, form.valid_until)
  const [active, setActive] = useState(session?.is_active ?? true)
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (value: string) => setForm((old) => ({ ...old, [name]: value })),
    testId: `session-${name}`,
  })
  const send = () => {
    setTried(true)
    if (wrongDays || wrongPlace.length > 0) {
      focusWrong()
      return
    }
    act.run(async () => {
      const body = {
        ...form,
        kelas: kelasOrAll(form.kelas),
        days: [...days].sort(),
        grace_minutes: Number(form.grace_minutes),
        leaving_opens: form.leaving_opens || null,
        leaving_closes: form.leaving_closes || null,
        valid_from: form.valid_from || null,
        valid_until: form.valid_until || null,
        place: toRule(place),
        is_active: active,
      }
      if (session === null) await api.call(timetableApi.addSession, { body })
      else await api.call(timetableApi.changeSession, { params: { id: session.id }, body })
      await props.onDone()
    })
  }
  const toggle = (day: number) =>
    setDays((old) => (old.includes(day) ? old.filter((one) => one !== day) : [...old, day]))
  return (
    <Modal title={session === null ? words.addSession : words.editSession} wide onClose={props.onClose}>
      <Form onSend={send}>
        <Input label={words.name} required {...field('name')} />
        <KelasListInput label={words.kelasShort} hint={words.kelasHint} {...field('kelas')} />
        <fieldset class="choices">
          <legend>{words.days}</legend>
          {words.dayNames.map((name, index) => (
            <Check key={name} label={name} checked={days.includes(index + 1)} onChange={() => toggle(index + 1)} />
          ))}
        </fieldset>
        <div class="times">
          <TimeInput label={words.opens} required {...field('opens')} />
          <TimeInput label={words.late} required {...field('late_after')} />
          <TimeInput label={words.closes} required {...field('closes')} />
          <Input label={words.grace} type="number" required {...field('grace_minutes')} />
        </div>
        <div class="times">
          <TimeInput label={words.leavingOpens} {...field('leaving_opens')} />
          <TimeInput label={words.leavingCloses} {...field('leaving_closes')} />
        </div>
        <p class="hint">{words.leavingHint}</p>
        <div class="times">
          <DateInput label={words.validFrom} {...field('valid_from')} />
          <DateInput
            label={words.validUntil}
            error={tried && wrongDays ? words.reversed : ''}
            {...field('valid_until')}
          />
        </div>
        <p class="hint">{words.validHint}</p>
        <PlaceFields form={place} wrong={tried ? wrongPlace : []} onChange={setPlace} />
        <Check label={words.active} checked={active} onChange={setActive} />
        {act.problem && <ProblemLine problem={act.problem} />}
        <div class="row-actions end">
          <Button onPress={props.onClose}>{general.cancel}</Button>
          <Button kind="primary" type="submit" busy={act.busy} testId="session-save">
            {general.save}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
