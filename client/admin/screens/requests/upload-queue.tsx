import { faceAdminApi } from '../../../../shared/contract/api/face-admin.ts'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { YesNoQueue } from './queue-table.tsx'
import { requestTexts } from './texts.ts'

/** Faces from photographs, to be confirmed with the person there. */
export function UploadQueue() {
  const words = useWords(requestTexts)
  const language = useLanguage()
  const { api } = useAdmin()
  return (
    <>
      <Notice kind="info">{words.noPicture}</Notice>
      <YesNoQueue
        load={(place) => api.call(faceAdminApi.uploads, { query: { ...place } })}
        who={(row) => row}
        columns={[
          { key: 'photos', title: words.photos, numeric: true, cell: (row) => row.photos },
          { key: 'quality', title: words.quality, numeric: true, cell: (row) => Math.round(row.quality) },
          { key: 'matched', title: words.status, cell: (row) => (row.matched_at ? words.matched : words.notMatched) },
          { key: 'since', title: words.since, cell: (row) => formatMoment(row.created_at, language) },
        ]}
        send={({ id }, yes) =>
          api.call(faceAdminApi.decideUpload, { params: { id }, body: { decision: yes ? 'confirm' : 'refuse' } })
        }
        blocked={({ matched_at }) => matched_at === null}
      />
    </>
  )
}
