import { useStore } from '../../../core/store.ts'
import { useAdmin, useWords } from '../../app-context.ts'
import { Page } from '../../parts/page.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { DayGrid } from './day-grid.tsx'
import { RecordList } from './record-list.tsx'
import { recordTexts } from './texts.ts'

/** `/records`: what is recorded, filtered; `/records/day`: a class's day, to be marked. */
export function RecordsPart() {
  const words = useWords(recordTexts)
  const { path } = useStore(useAdmin().router)
  const day = path[1] === 'day'
  return (
    <Page title={words.title}>
      <Tabs
        label={words.title}
        tabs={[
          { path: ['records'], text: words.list, current: !day },
          { path: ['records', 'day'], text: words.day, current: day },
        ]}
      />
      {day ? <DayGrid /> : <RecordList />}
    </Page>
  )
}
