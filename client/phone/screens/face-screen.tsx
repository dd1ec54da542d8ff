import { useEffect, useState } from 'preact/hooks'
import type { User } from '../../../shared/contract/auth.ts'
import type { FaceStatusReply } from '../../core/api.ts'
import type { ApiProblem } from '../../core/api-problem.ts'
import { formatDay } from '../../core/clock.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { ConsentText } from '../consent-text.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { useFocusInside } from '../use-focus-inside.ts'
import { useLoad } from '../use-load.ts'
import { useSend } from '../use-send.ts'
import { WayBack } from '../way-back.tsx'

/** Quality in words: enrolment asks for more than 85 of 100 a shot. */
const bandOf = (quality: number) => (quality >= 95 ? 'high' : quality >= 90 ? 'good' : 'fair')

function Enrolled({ status }: { status: FaceStatusReply }) {
  const { texts, language } = useTexts()
  const words = texts.face
  return (
    <dl class="facts">
      {status.registered_at && (
        <div>
          <dt>{words.since}</dt>
          <dd>{formatDay(status.registered_at, language)}</dd>
        </div>
      )}
      <div>
        <dt>{words.shots}</dt>
        <dd>{status.encodings}</dd>
      </div>
      {status.quality !== null && (
        <div>
          <dt>{words.quality}</dt>
          <dd>{words.qualityOf[bandOf(status.quality)]}</dd>
        </div>
      )}
    </dl>
  )
}

/** The person's own face data: since when, how good, enrol again, delete; and the consent it rests on. */
export function FaceScreen({ user }: { user: User }) {
  const { api, session, router } = useApp()
  const { texts, language } = useTexts()
  const words = texts.face
  const status = useLoad(() => api.faceStatus())
  const consent = useLoad(() => api.consent())
  const [asking, setAsking] = useState(false)
  const [removed, setRemoved] = useState(false)
  const { busy, problem, send } = useSend()
  const given = consent.data?.consent ?? null
  // What was just deleted is gone, whatever the load before it said.
  const has = !removed && (status.data?.has_face ?? user.has_face)
  const acts = useFocusInside<HTMLDivElement>(removed)
  const known = status.data?.has_face
  useEffect(() => {
    // An enrolment whose answer was lost is known only to the server.
    if (known !== undefined && !removed) session.update({ has_face: known })
  }, [known])

  const remove = () =>
    send(async () => {
      setAsking(false)
      await api.unregister()
      session.update({ has_face: false })
      setRemoved(true)
      status.reload()
      consent.reload()
    })

  return (
    <Screen title={words.title} app={texts.app} class="page" before={<WayBack to="account" />}>
      <div role="status">{removed && <Notice kind="info">{words.removed}</Notice>}</div>
      {problem && <ProblemNotice problem={problem} />}
      {(status.problem ?? consent.problem) && (
        <ProblemNotice
          problem={(status.problem ?? consent.problem) as ApiProblem}
          onRetry={() => {
            status.reload()
            consent.reload()
          }}
        />
      )}
      <section class="card face-card" aria-busy={status.data || status.problem ? undefined : 'true'}>
        <div class="face-head">
          <span class={has ? 'emblem small good' : 'emblem small calm'}>
            <Icon name="face" size={28} />
          </span>
          <h2>{has ? words.on : words.off}</h2>
        </div>
        {has ? status.data && <Enrolled status={status.data} /> : <p class="soft">{words.offBody}</p>}
        <div class="actions" ref={acts}>
          <Button kind={has ? 'plain' : 'primary'} wide testId="enrol" onPress={() => router.go('enrol')}>
            {has ? words.again : words.enrol}
          </Button>
          {has && (
            <Button kind="danger" wide busy={busy} testId="delete-face" onPress={() => setAsking(true)}>
              {busy ? words.removing : words.remove}
            </Button>
          )}
        </div>
      </section>
      <details class="card">
        <summary>
          <span>
            <span class="row-name">{words.consent}</span>
            <span class="soft">
              {given
                ? texts.consent.given(formatDay(given.given_at, language), given.version)
                : consent.data && words.noConsent}
            </span>
          </span>
          <Icon name="forward" size={20} />
        </summary>
        <div class="consent-parts">
          <ConsentText />
        </div>
      </details>
      <ConfirmDialog open={asking} title={words.sure} body={words.sureBody} onClose={() => setAsking(false)}>
        <Button kind="danger" wide testId="delete-face-yes" onPress={remove}>
          {words.yes}
        </Button>
        <Button wide onPress={() => setAsking(false)}>
          {words.no}
        </Button>
      </ConfirmDialog>
    </Screen>
  )
}
