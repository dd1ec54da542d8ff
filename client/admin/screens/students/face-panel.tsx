import { faceAdminApi } from '../../../../shared/contract/api/face-admin.ts'
import type { Student } from '../../../../shared/contract/people.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useMe, useWords } from '../../app-context.ts'
import { formatDate } from '../../format.ts'
import { Skeleton } from '../../parts/data-table.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { findConsent } from '../faces/find-consent.ts'
import { ConsentActs } from './consent-acts.tsx'
import { studentTexts } from './texts.ts'

/** What is stored of a student's face, whether she consented, and, for the office, what can be done about it. */
export function FacePanel({ student, onChanged }: { student: Student; onChanged: () => Promise<void> }) {
  const words = useWords(studentTexts)
  const general = useWords(common)
  const language = useLanguage()
  const isAdmin = useMe().role === 'admin'
  const { api, confirmer, toasts } = useAdmin()
  const act = useAct()
  const { id, nim, name, has_face } = student
  const face = useAsk(`face ${id} ${has_face}`, async () => {
    const [found, consent] = await Promise.all([
      has_face ? api.call(faceAdminApi.registered, { query: { search: nim, limit: 50 } }) : null,
      isAdmin ? findConsent(api, student) : null,
    ])
    return { stored: found?.data.find((one) => one.id === id) ?? null, consent }
  })
  const erase = async () => {
    const confirmation = await confirmer.ask({
      title: words.eraseFace,
      body: words.eraseFaceBody(name),
      act: words.eraseFace,
    })
    if (confirmation === null) return
    await api.call(faceAdminApi.unregister, { params: { user_id: id }, confirmation })
    toasts.say(words.faceErased(name))
    await onChanged()
  }
  const stored = face.data?.stored
  const consent = face.data?.consent
  return (
    <section class="panel">
      <h2>{words.face}</h2>
      {face.problem && <ProblemLine problem={face.problem} onRetry={face.reload} />}
      {face.data === null && !face.problem && <Skeleton label={general.loading} lines={1} />}
      {face.data && (
        <dl class="facts">
          <div>
            <dt>{words.state}</dt>
            <dd>{has_face ? words.withFace : words.noFace}</dd>
          </div>
          {stored && (
            <>
              <div>
                <dt>{words.since}</dt>
                <dd>{formatDate(stored.registered_at, language)}</dd>
              </div>
              <div>
                <dt>{words.quality}</dt>
                <dd>{words.qualityOf(Math.round(stored.quality), stored.encodings)}</dd>
              </div>
            </>
          )}
          {consent && (
            <div>
              <dt>{words.consent}</dt>
              <dd data-testid="consent-state">
                <span class={consent.state === 'complete' ? 'badge good' : 'badge review'}>
                  {words.consentState[consent.state]}
                </span>{' '}
                {consent.state !== 'complete' && (
                  <a href={addressOf(['students', 'consents'], { kelas: student.kelas ?? '', state: consent.state })}>
                    {words.enterSheet}
                  </a>
                )}
              </dd>
            </div>
          )}
        </dl>
      )}
      {isAdmin && student.is_active && (
        <div class="row-actions">
          <a class="button plain" href={addressOf(['students', id, 'face'])} data-testid="to-face">
            {has_face ? words.enrolAgain : words.enrol}
          </a>
          <a class="button plain" href={addressOf(['students', id, 'photos'])} data-testid="to-photos">
            {words.fromPhotos}
          </a>
          {has_face && (
            <Button kind="danger" busy={act.busy} onPress={() => act.run(erase)} testId="erase-face">
              {words.eraseFace}
            </Button>
          )}
        </div>
      )}
      {act.problem && <ProblemLine problem={act.problem} />}
      {isAdmin && face.data && (
        <ConsentActs
          student={student}
          consent={face.data.consent}
          onChanged={() => Promise.all([onChanged(), face.reload()])}
        />
      )}
    </section>
  )
}
