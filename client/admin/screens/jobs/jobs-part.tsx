import { useStore } from '../../../core/store.ts'
import { useAdmin, useWords } from '../../app-context.ts'
import { Page } from '../../parts/page.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { Backups } from './backups.tsx'
import { JobList } from './job-list.tsx'
import { jobTexts } from './texts.ts'

/** `/jobs`: what runs by itself; `/jobs/backups`: what was put aside. */
export function JobsPart() {
  const words = useWords(jobTexts)
  const { path } = useStore(useAdmin().router)
  const backups = path[1] === 'backups'
  return (
    <Page title={words.title}>
      <Tabs
        label={words.title}
        tabs={[
          { path: ['jobs'], text: words.jobs, current: !backups },
          { path: ['jobs', 'backups'], text: words.backups, current: backups },
        ]}
      />
      {backups ? <Backups /> : <JobList />}
    </Page>
  )
}
