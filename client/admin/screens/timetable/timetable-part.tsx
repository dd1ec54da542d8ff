import { useStore } from '../../../core/store.ts'
import { useAdmin, useWords } from '../../app-context.ts'
import { Page } from '../../parts/page.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { Holidays } from './holidays.tsx'
import { Sessions } from './sessions.tsx'
import { timetableTexts } from './texts.ts'

/** `/timetable` and `/timetable/holidays`. */
export function TimetablePart() {
  const words = useWords(timetableTexts)
  const { path } = useStore(useAdmin().router)
  const onHolidays = path[1] === 'holidays'
  return (
    <Page title={words.title}>
      <Tabs
        label={words.title}
        tabs={[
          { path: ['timetable'], text: words.sessions, current: !onHolidays },
          { path: ['timetable', 'holidays'], text: words.holidays, current: onHolidays },
        ]}
      />
      {onHolidays ? <Holidays /> : <Sessions />}
    </Page>
  )
}
