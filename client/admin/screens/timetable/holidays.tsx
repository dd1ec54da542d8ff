import { useState } from 'preact/hooks'
import type { z } from 'zod'
import { timetableApi } from '../../../../shared/contract/api/timetable.ts'
import type { holidaySchema } from '../../../../shared/contract/timetable.ts'
import { schoolDay } from '../../../core/clock.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useMe, useWords } from '../../app-context.ts'
import { formatDate } from '../../format.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { Form, Input } from '../../parts/inputs.tsx'
import { KelasListInput, kelasOrAll } from '../../parts/kelas-list-input.tsx'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Sure } from '../../parts/sure.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { common } from '../../texts.ts'
import { timetableTexts } from './texts.ts'

type Holiday = z.output<typeof holidaySchema>

function HolidayForm({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<void> }) {
  const words = useWords(timetableTexts)
  const general = useWords(common)
  const { api } = useAdmin()
  const act = useAct()
  const [form, setForm] = useState({ name: '', from_date: '', until_date: '', kelas: '' })
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (value: string) => setForm((old) => ({ ...old, [name]: value })),
    testId: `holiday-${name}`,
  })
  const send = () =>
    act.run(async () => {
      const body = { ...form, until_date: form.until_date || form.from_date, kelas: kelasOrAll(form.kelas) }
      await api.call(timetableApi.addHoliday, { body })
      await onDone()
    })
  return (
    <Modal title={words.addHoliday} onClose={onClose}>
      <Form onSend={send}>
        <Input label={words.name} required {...field('name')} />
        <DateInput label={words.from} required {...field('from_date')} />
        <DateInput label={words.until} {...field('until_date')} />
        <KelasListInput label={words.kelasShort} hint={words.kelasHint} {...field('kelas')} />
        {form.from_date !== '' && form.from_date <= schoolDay() && <Notice kind="warn">{words.pastHoliday}</Notice>}
        {act.problem && <ProblemLine problem={act.problem} />}
        <div class="row-actions end">
          <Button onPress={onClose}>{general.cancel}</Button>
          <Button kind="primary" type="submit" busy={act.busy} testId="holiday-save">
            {general.save}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

/** Every holiday, the earliest first; an admin changes them. */
export function Holidays() {
  const words = useWords(timetableTexts)
  const language = useLanguage()
  const { api, toasts } = useAdmin()
  const isAdmin = useMe().role === 'admin'
  const act = useAct()
  const asked = useAsk('holidays', () => api.call(timetableApi.holidays))
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Holiday | null>(null)
  const remove = (id: string) =>
    act.run(async () => {
      toasts.say((await api.call(timetableApi.removeHoliday, { params: { id } })).message)
      await asked.reload()
      setRemoving(null)
    })
  const columns: readonly Column<Holiday>[] = [
    { key: 'name', title: words.name, cell: (row) => row.name },
    { key: 'from', title: words.from, cell: (row) => formatDate(row.from_date, language) },
    { key: 'until', title: words.until, cell: (row) => formatDate(row.until_date, language) },
    { key: 'kelas', title: words.kelasShort, cell: (row) => row.kelas?.join(', ') ?? words.allKelas },
  ]
  const actions: Column<Holiday> = {
    key: 'actions',
    title: words.actions,
    cell: (row) => (
      <Button kind="danger" label={`${words.remove}: ${row.name}`} onPress={() => setRemoving(row)}>
        {words.remove}
      </Button>
    ),
  }
  return (
    <>
      {isAdmin && (
        <div class="row-actions">
          <Button kind="primary" onPress={() => setAdding(true)} testId="add-holiday">
            {words.addHoliday}
          </Button>
        </div>
      )}
      {asked.problem && <ProblemLine problem={asked.problem} onRetry={asked.reload} />}
      <DataTable
        caption={words.holidays}
        rows={asked.data?.holidays ?? null}
        keyOf={(row) => row.id}
        columns={isAdmin ? [...columns, actions] : columns}
        empty={{ title: words.noHolidays, body: words.noHolidaysBody }}
      />
      {adding && (
        <HolidayForm
          onClose={() => setAdding(false)}
          onDone={async () => {
            await asked.reload()
            setAdding(false)
          }}
        />
      )}
      {removing && (
        <Sure
          danger
          title={words.removeAsk(removing.name)}
          body={words.removeHolidayBody}
          confirm={words.removeHoliday}
          act={act}
          onConfirm={() => remove(removing.id)}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  )
}
