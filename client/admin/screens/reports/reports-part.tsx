import { useStore } from '../../../core/store.ts'
import { useAdmin, useWords } from '../../app-context.ts'
import { Skeleton } from '../../parts/data-table.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { useSchool } from '../../parts/use-school.ts'
import { common } from '../../texts.ts'
import { DailyReport } from './daily-report.tsx'
import { PrintButton } from './paper.tsx'
import { PeriodReport } from './period-report.tsx'
import { SchoolReport } from './school-report.tsx'
import { reportTexts } from './texts.ts'

/** Every report: its address below /reports, and its screen. */
const REPORTS = [
  { name: 'daily', shown: DailyReport },
  { name: 'period', shown: PeriodReport },
  { name: 'school', shown: SchoolReport },
] as const

/** `/reports/NAME`: a day, a period, the last thirty days. */
export function ReportsPart() {
  const words = useWords(reportTexts)
  const general = useWords(common)
  const { path } = useStore(useAdmin().router)
  const school = useSchool()
  const report = REPORTS.find(({ name }) => name === path[1]) ?? REPORTS[0]
  const Shown = report.shown
  return (
    <Page title={words.title} actions={<PrintButton />}>
      <Tabs
        label={words.title}
        tabs={REPORTS.map(({ name }) => ({
          path: ['reports', name],
          text: words[name],
          current: name === report.name,
        }))}
      />
      {school.problem && <ProblemLine problem={school.problem} onRetry={school.reload} />}
      {school.data ? (
        <Shown key={report.name} school={school.data} />
      ) : (
        !school.problem && <Skeleton label={general.loading} lines={8} />
      )}
    </Page>
  )
}
