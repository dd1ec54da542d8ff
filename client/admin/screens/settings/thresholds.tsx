import { reportsApi } from '../../../../shared/contract/api/reports.ts'
import { todayApi } from '../../../../shared/contract/api/today.ts'
import { confidenceOf } from '../../../../shared/face/match.ts'
import { MEASURED } from '../../../../shared/face/measured.ts'
import { FACE_MODELS } from '../../../../shared/face/model.ts'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatPercent } from '../../format.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { settingsTexts } from './texts.ts'

const [MODEL] = FACE_MODELS
/** The confidence at which the 1:1 rates were measured. */
const MEASURED_AT = 0.8

/** The people one search is among in this school: those of its largest class, and all who have a face. */
function useGallery() {
  const { api } = useAdmin()
  return useAsk('gallery', async () => {
    const [{ sessions }, { students }] = await Promise.all([api.call(todayApi.board), api.call(reportsApi.dashboard)])
    const sizes = sessions.flatMap(({ kelas }) => kelas.flatMap((one) => (one.kelas === null ? [] : [one])))
    const largest = sizes.reduce<{ kelas: string; students: number } | null>(
      (most, one) =>
        most !== null && most.students >= one.students ? most : { kelas: one.kelas ?? '', students: one.students },
      null,
    )
    return { largest, faces: students.with_face }
  })
}

/** What a face has to reach, and how often a stranger would: as measured, for the sizes of this school. */
export function Thresholds({ threshold }: { threshold: number }) {
  const words = useWords(settingsTexts)
  const language = useLanguage()
  const { data } = useGallery()
  const percent = (share: number) => formatPercent(share * 100, language)
  const count = (value: number) => formatCount(value, language)
  const { claim, searched } = MEASURED
  const largest = MEASURED.search.at(-1)?.size ?? 0
  const holding = (size: number) => MODEL.search.limits.find((limit) => size <= limit.size)?.size ?? 0
  const here = (size: number) =>
    [
      data?.largest && holding(data.largest.students) === size,
      data && data.faces > 0 && holding(data.faces) === size,
    ].some(Boolean)
  return (
    <section class="panel" aria-label={words.thresholds}>
      <h2>{words.thresholds}</h2>
      <p class="muted">{words.thresholdsLead}</p>
      <dl class="facts">
        <div>
          <dt>{words.claim}</dt>
          <dd>
            {percent(threshold)} <span class="origin">FACE_CONFIDENCE_THRESHOLD</span>
          </dd>
        </div>
      </dl>
      {threshold < MEASURED_AT && <Notice kind="warn">{words.claimLower}</Notice>}
      <p>{words.claimBody(percent(claim.grey.share), percent(claim.colour.share), count(claim.colour.comparisons))}</p>
      <section class="table-box" aria-label={words.expected}>
        <table class="dense" data-testid="thresholds">
          <thead>
            <tr>
              <th scope="col">{words.size}</th>
              <th scope="col">{words.needed}</th>
              <th scope="col">{words.expected}</th>
            </tr>
          </thead>
          <tbody>
            {MEASURED.search.map(({ size, share, by }, index) => (
              <tr key={size}>
                <td>
                  {words.upTo(count(size))} {here(size) && <span class="badge good">{words.here}</span>}
                </td>
                <td>{percent(confidenceOf(MODEL, MODEL.search.limits[index]?.score ?? 1))}</td>
                <td>{by === 'measured' ? words.measured(percent(share)) : words.fitted(percent(share))}</td>
              </tr>
            ))}
            <tr>
              <td>
                {words.more(count(largest))} {here(0) && <span class="badge good">{words.here}</span>}
              </td>
              <td colSpan={2}>{words.askNim}</td>
            </tr>
          </tbody>
        </table>
      </section>
      {data && (
        <p>
          {data.largest && words.galleryNow(data.largest.kelas, count(data.largest.students))}{' '}
          {words.facesNow(count(data.faces))}
        </p>
      )}
      <p class="hint">{words.caveat(count(searched.searches), count(searched.people), percent(searched.openShare))}</p>
    </section>
  )
}
