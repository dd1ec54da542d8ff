import { useState } from 'preact/hooks'
import { isPresent } from '../../../../shared/attendance/present.ts'
import { gradeSchema, methodSchema, statusSchema } from '../../../../shared/contract/absensi.ts'
import { type StaffAbsensi, staffAbsensiQuery } from '../../../../shared/contract/absensi-admin.ts'
import { absensiAdminApi } from '../../../../shared/contract/api/absensi-admin.ts'
import { kioskApi } from '../../../../shared/contract/api/kiosk.ts'
import { formatClock } from '../../../core/clock.ts'
import type { Language } from '../../../core/language.ts'
import { useStore } from '../../../core/store.ts'
import { useAdmin, useLanguage, useMe, useWords } from '../../app-context.ts'
import { formatDate } from '../../format.ts'
import { GradeBadge, StatusBadge } from '../../parts/badges.tsx'
import { DataTable } from '../../parts/data-table.tsx'
import { DayFilter } from '../../parts/date-input.tsx'
import { type Option, Select } from '../../parts/inputs.tsx'
import { KelasField } from '../../parts/kelas-field.tsx'
import { Pager, useFilledPage } from '../../parts/pager.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { SessionField } from '../../parts/session-field.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import { useSchool } from '../../parts/use-school.ts'
import { common } from '../../texts.ts'
import { RecordDialog } from './record-dialog.tsx'
import { saysWhen } from './says-when.ts'
import { StudentChip } from './student-chip.tsx'
import { recordTexts } from './texts.ts'

const PAGE = 50

/**
 * When somebody came: whoever was not there did not come at any time, and what was written by hand for an earlier day does not
 * say when.
 */
const tellTime = (record: StaffAbsensi, language: Language) =>
  isPresent(record.status) && saysWhen(record) ? formatClock(record.timestamp, language) : '–'

const ORDERS = staffAbsensiQuery.shape.order.unwrap().options

/** A kiosk, or the phone somebody came from: phones are chosen in a record. */
function DeviceField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const words = useWords(recordTexts)
  const general = useWords(common)
  const { api } = useAdmin()
  const me = useMe()
  const { data } = useAsk('kiosks', async () => (me.role === 'admin' ? (await api.call(kioskApi.devices)).kiosks : []))
  const kiosks = (data ?? []).map(({ id, label }) => [id, label] as const)
  const other = value !== '' && !kiosks.some(([id]) => id === value)
  // A teacher may not list kiosks: to her there is a choice only where a record's device is filtered by.
  if (me.role !== 'admin' && value === '') return null
  const chosen = other ? [[value, words.thisDevice(value.slice(0, 8))] as const] : []
  return (
    <Select
      label={words.device}
      value={value}
      onChange={onChange}
      testId="device"
      options={[['', general.all], ...chosen, ...kiosks]}
    />
  )
}

function Filters() {
  const words = useWords(recordTexts)
  const general = useWords(common)
  const { router } = useAdmin()
  const { filters } = useStore(router)
  const school = useSchool()
  const field = (name: string) => ({
    value: filters[name] ?? '',
    onChange: (value: string) => router.filter({ [name]: value, offset: '' }),
  })
  const choices = (names: readonly string[], texts: Readonly<Record<string, string>>): Option[] => [
    ['', general.all],
    ...names.map((name) => [name, texts[name] ?? name] as const),
  ]
  return (
    <div class="filters">
      <DayFilter label={words.from} name="from" value={filters.from ?? ''} />
      <DayFilter label={words.until} name="until" value={filters.until ?? ''} />
      <KelasField label={words.kelas} all={general.all} {...field('kelas')} />
      <Select label={words.status} options={choices(statusSchema.options, general.status)} {...field('status')} />
      <Select label={words.grade} options={choices(gradeSchema.options, general.grade)} {...field('grade')} />
      <SessionField sessions={school.data?.sessions ?? []} name="session_id" />
      <Select label={words.method} options={choices(methodSchema.options, general.method)} {...field('method')} />
      <DeviceField {...field('device_id')} />
      <Select
        label={words.order}
        value={filters.order ?? 'newest'}
        onChange={field('order').onChange}
        options={ORDERS.map((order) => [order, words.orders[order]])}
        testId="order"
      />
    </div>
  )
}

/** What is recorded, the latest first or as chosen; the filters are in the address. */
export function RecordList() {
  const words = useWords(recordTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api, router } = useAdmin()
  const { filters } = useStore(router)
  const [shown, setShown] = useState<StaffAbsensi | null>(null)
  const offset = Number(filters.offset) || 0
  const answer = useAsk(JSON.stringify(filters), () =>
    api.call(absensiAdminApi.all, { query: { ...filters, limit: PAGE, offset } }),
  )
  const { data, problem, reload } = answer
  useFilledPage(offset, answer)
  const isUsualRange = !filters.from && !filters.until && !filters.user_id
  return (
    <>
      <Filters />
      {filters.user_id && <StudentChip id={filters.user_id} rows={data?.data ?? null} />}
      {isUsualRange && <p class="hint">{words.usualRange}</p>}
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
      <DataTable
        caption={words.list}
        rows={data?.data ?? null}
        keyOf={(row) => row.id}
        columns={[
          {
            key: 'name',
            title: words.name,
            cell: (row) => (
              <button type="button" class="link" onClick={() => setShown(row)}>
                {row.name}
              </button>
            ),
          },
          { key: 'kelas', title: words.kelas, cell: (row) => row.kelas ?? '–' },
          { key: 'date', title: words.date, cell: (row) => formatDate(row.date, language) },
          { key: 'time', title: words.time, cell: (row) => tellTime(row, language) },
          { key: 'session', title: words.session, cell: (row) => row.session_name ?? row.session_id },
          {
            key: 'status',
            title: words.status,
            cell: (row) => (
              <span>
                <StatusBadge status={row.status} /> <GradeBadge grade={row.grade} />
              </span>
            ),
          },
          { key: 'method', title: words.method, cell: (row) => general.method[row.method] },
        ]}
      />
      {data && <Pager total={data.total} limit={PAGE} offset={offset} />}
      {shown && (
        <RecordDialog
          record={shown}
          onClose={() => setShown(null)}
          onChanged={async () => {
            await reload()
            setShown(null)
          }}
        />
      )}
    </>
  )
}
