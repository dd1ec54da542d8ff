import { faceAdminApi } from '../../../../shared/contract/api/face-admin.ts'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { addressOf } from '../../router.ts'
import { QueueTable } from './queue-table.tsx'
import { requestTexts } from './texts.ts'
import { useQueue } from './use-queue.ts'

/** Faces that looked like somebody else's when they were enrolled. */
export function CaseQueue() {
  const words = useWords(requestTexts)
  const language = useLanguage()
  const { api } = useAdmin()
  const queue = useQueue((place) => api.call(faceAdminApi.cases, { query: { ...place } }))
  return (
    <>
      <Notice kind="info">{words.casesBody}</Notice>
      <QueueTable
        caption={words.cases}
        queue={queue}
        columns={[
          { key: 'person', title: words.person, cell: ({ person }) => `${person.name} (${person.kelas ?? '–'})` },
          { key: 'other', title: words.other, cell: ({ other }) => `${other.name} (${other.kelas ?? '–'})` },
          { key: 'since', title: words.since, cell: (row) => formatMoment(row.created_at, language) },
        ]}
        decision={({ id, person, other }) => (
          <a
            class="button plain"
            href={addressOf(['requests', 'cases', id])}
            aria-label={`${words.settle}: ${person.name} / ${other.name}`}
            data-testid="open-case"
          >
            {words.settle}
          </a>
        )}
      />
    </>
  )
}
