import { useEffect, useRef, useState } from 'preact/hooks'
import type { WalkProgress } from '../../../check-in/walk-state.ts'
import { formatMegabytes } from '../../../core/clock.ts'
import type { Photo, PhotoReader, UploadReply } from '../../../enrol/photos.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useMe, useWords } from '../../app-context.ts'
import { FileButton } from '../../parts/file-button.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { addressOf } from '../../router.ts'
import { createOfficeApi } from './office-api.ts'
import { PersonPage } from './person-page.tsx'
import { PhotoList } from './photo-list.tsx'
import { faceTexts } from './texts.ts'
import type { Person } from './use-person.ts'
import './faces.css'

function Waits({ reply, id, name }: { reply: UploadReply; id: string; name: string }) {
  const words = useWords(faceTexts)
  return (
    <div class="stack" data-testid="uploaded">
      <Notice kind="info" title={words.waits(reply.photos)} alert>
        {words.waitsBody(name)}
      </Notice>
      <div class="row-actions">
        <a class="button plain" href={addressOf(['students', id])}>
          {words.toStudent}
        </a>
        <a class="button plain" href={addressOf(['requests', 'uploads'])}>
          {words.toUploads}
        </a>
      </div>
    </div>
  )
}

function Photos({ account }: Pick<Person, 'account'>) {
  const words = useWords(faceTexts)
  const language = useLanguage()
  const { api } = useAdmin()
  const me = useMe()
  const act = useAct()
  const reader = useRef<PhotoReader | null>(null)
  const [progress, setProgress] = useState<WalkProgress | null>(null)
  const [photos, setPhotos] = useState<readonly Photo[]>([])
  const [together, setTogether] = useState(true)
  const [reply, setReply] = useState<UploadReply | null>(null)
  useEffect(() => () => reader.current?.close(), [])

  const add = (files: readonly File[]) =>
    act.run(async () => {
      const { openPhotoReader, areOfOnePerson, PHOTOS } = await import('../../../enrol/photos.ts')
      reader.current ??= await openPhotoReader({
        api: createOfficeApi(api, account.id),
        user: me,
        onProgress: setProgress,
      })
      setProgress(null)
      const judged = [...photos]
      for (const file of files.slice(0, PHOTOS.most - photos.length)) {
        judged.push(await reader.current.judge(file))
        setPhotos([...judged])
      }
      setTogether(areOfOnePerson(judged))
    })
  const remove = (photo: Photo) =>
    act.run(async () => {
      const { areOfOnePerson } = await import('../../../enrol/photos.ts')
      const left = photos.filter((one) => one !== photo)
      photo.picture?.close()
      setPhotos(left)
      setTogether(areOfOnePerson(left))
    })
  const good = photos.filter(({ vector }) => vector !== null).length
  const ready = good >= 3 && together
  if (reply) return <Waits reply={reply} id={account.id} name={account.name} />
  return (
    <section class="panel">
      <p>{words.photosBody}</p>
      <Notice kind="info">{words.photosWait}</Notice>
      <div class="row-actions">
        <FileButton
          busy={act.busy}
          label={words.choosePhotos}
          accept="image/*"
          multiple
          testId="choose-photos"
          onFiles={add}
        />
      </div>
      {progress && progress.total > 0 && (
        <p class="muted numbers" role="status">
          {words.loading(formatMegabytes(progress.loaded, language), formatMegabytes(progress.total, language))}
        </p>
      )}
      {act.problem && <ProblemLine problem={act.problem} />}
      <PhotoList photos={photos} onRemove={remove} />
      {!together && (
        <Notice kind="bad" alert>
          {words.notTogether}
        </Notice>
      )}
      <div class="row-actions end">
        <span class="muted" role="status" data-testid="good-photos">
          {words.goodOf(good)}
        </span>
        <Button
          kind="primary"
          disabled={!ready}
          busy={act.busy}
          testId="send-photos"
          onPress={() =>
            act.run(async () => {
              if (reader.current) setReply(await reader.current.send(photos))
            })
          }
        >
          {words.sendPhotos}
        </Button>
      </div>
    </section>
  )
}

/** `/students/ID/photos`: a face from photographs, turned into numbers on this page. */
export function PhotoScreen({ id }: { id: string }) {
  const words = useWords(faceTexts)
  return (
    <PersonPage id={id} title={words.photosOf}>
      {({ account }) => <Photos account={account} />}
    </PersonPage>
  )
}
