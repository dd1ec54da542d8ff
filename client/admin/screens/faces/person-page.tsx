import type { ComponentChildren } from 'preact'
import { Notice } from '../../../ui/notice.tsx'
import { useWords } from '../../app-context.ts'
import { Skeleton } from '../../parts/data-table.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { ConsentEntry } from './consent-entry.tsx'
import { faceTexts } from './texts.ts'
import { type Person, usePerson } from './use-person.ts'

/** A screen about one student's face: nothing of it is shown before her account is active and her consent is there. */
export function PersonPage(props: {
  readonly id: string
  readonly title: (name: string) => string
  readonly children: (person: Person, reload: () => void) => ComponentChildren
}) {
  const words = useWords(faceTexts)
  const general = useWords(common)
  const { data, problem, reload } = usePerson(props.id)
  const account = data?.account
  const state = data?.consent?.state ?? 'complete'
  return (
    <Page
      title={account ? props.title(account.name) : words.face}
      lead={account ? [account.kelas, account.nim].filter(Boolean).join(' · ') : ' '}
    >
      <a href={addressOf(['students', props.id])}>← {account?.name ?? general.back}</a>
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
      {data === null && !problem && <Skeleton label={general.loading} lines={4} />}
      {account && !account.is_active && <Notice kind="warn">{words.suspended}</Notice>}
      {account?.is_active && state !== 'complete' && (
        <ConsentEntry key={state} nim={account.nim} name={account.name} state={state} onEntered={reload} />
      )}
      {data && account?.is_active && state === 'complete' && props.children(data, reload)}
    </Page>
  )
}
