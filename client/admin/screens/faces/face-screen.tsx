import { useEffect } from 'preact/hooks'
import type { FaceRegisterReply } from '../../../core/api.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useMe, useWords } from '../../app-context.ts'
import { addressOf } from '../../router.ts'
import { CameraWalkView } from './camera-walk.tsx'
import { createOfficeApi } from './office-api.ts'
import { PersonPage } from './person-page.tsx'
import { faceTexts } from './texts.ts'
import { useCameraWalk } from './use-camera-walk.ts'
import type { Person } from './use-person.ts'

function Enrol({ account }: Pick<Person, 'account'>) {
  const words = useWords(faceTexts)
  const { api } = useAdmin()
  const me = useMe()
  const walk = useCameraWalk<FaceRegisterReply>(async (watching) => {
    const { startEnrol } = await import('../../../enrol/walk.ts')
    return startEnrol({ api: createOfficeApi(api, account.id), user: me, ...watching })
  })
  useEffect(() => {
    // The networks load behind this screen. A failure is the walk's to tell: it tries again and has the words.
    import('../../../check-in/engine-holder.ts')
      .then(({ prepareEngine }) => prepareEngine(() => undefined))
      .catch(() => undefined)
  }, [])
  if (walk.reply)
    return (
      <div class="stack" data-testid="enrolled">
        <Notice kind="info" title={words.enrolled} alert>
          {words.enrolledBody(account.name, walk.reply.encodings_saved)}
          {walk.reply.lab !== undefined && ` ${words.lab}`}
        </Notice>
        <div class="row-actions">
          <a class="button plain" href={addressOf(['students', account.id])}>
            {words.toStudent}
          </a>
        </div>
      </div>
    )
  return (
    <CameraWalkView
      walk={walk}
      before={
        <section class="panel">
          {account.has_face && <Notice kind="warn">{words.replaces}</Notice>}
          <ol class="orders">
            {words.orders.map((order) => (
              <li key={order}>{order}</li>
            ))}
          </ol>
          <div class="row-actions end">
            <a class="button plain" href={addressOf(['students', account.id, 'photos'])}>
              {words.fromPhotos}
            </a>
            <Button kind="primary" onPress={() => walk.start()} testId="start-camera">
              {words.start}
            </Button>
          </div>
        </section>
      }
    />
  )
}

/** `/students/ID/face`: enrols a student before this computer's camera, the office beside her. */
export function FaceScreen({ id }: { id: string }) {
  const words = useWords(faceTexts)
  return (
    <PersonPage id={id} title={words.enrolOf}>
      {({ account }) => <Enrol account={account} />}
    </PersonPage>
  )
}
