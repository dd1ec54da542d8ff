import { useState } from 'preact/hooks'
import { studentsApi } from '../../../../shared/contract/api/students.ts'
import type { ImportReply, Mapping } from '../../../../shared/contract/import.ts'
import { isUnanswered } from '../../../core/api-problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { CodeSlips } from '../../parts/code-slips.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { addressOf } from '../../router.ts'
import { MapStep } from './map-step.tsx'
import { PreviewStep } from './preview-step.tsx'
import { importTexts } from './texts.ts'
import { type ListFile, UploadStep } from './upload-step.tsx'

const STEPS = ['upload', 'map', 'preview', 'done'] as const

interface Walk {
  readonly step: (typeof STEPS)[number]
  readonly file: ListFile | null
  readonly reply: ImportReply | null
}
const START: Walk = { step: 'upload', file: null, reply: null }

/** The steps with the present one marked. */
function Steps({ step }: { step: Walk['step'] }) {
  const words = useWords(importTexts)
  const place = STEPS.indexOf(step)
  return (
    <>
      <p class="hidden-text" role="status">
        {words.step(String(place + 1), String(STEPS.length), words.steps[step])}
      </p>
      <ol class="walk not-printed">
        {STEPS.map((name, at) => (
          <li key={name} aria-current={name === step ? 'step' : undefined} class={at < place ? 'past' : undefined}>
            {words.steps[name]}
          </li>
        ))}
      </ol>
    </>
  )
}

function Result({ reply, unsure, onMore }: { reply: ImportReply; unsure: boolean; onMore: () => void }) {
  const words = useWords(importTexts)
  const language = useLanguage()
  const count = (value: number) => formatCount(value, language)
  return (
    <>
      <div class="not-printed stack" data-testid="import-done">
        <Notice kind="info" title={words.done} alert>
          {words.doneBody(count(reply.new), count(reply.updated + reply.reset))}
          {reply.codes.length === 0 && !unsure && ` ${words.noCodes}`}
        </Notice>
        {reply.codes.length === 0 && unsure && (
          <Notice kind="warn">
            <span>{words.lostCodes}</span> <a href={addressOf(['students', 'codes'])}>{words.toCodes}</a>
          </Notice>
        )}
        <div class="row-actions">
          <a class="button plain" href={addressOf(['students'])}>
            {words.list}
          </a>
          <Button kind="quiet" onPress={onMore}>
            {words.more}
          </Button>
        </div>
      </div>
      {reply.codes.length > 0 && <CodeSlips codes={reply.codes} filename={words.codesFile} />}
    </>
  )
}

/** `/students/import`: a school's list, from the file to the codes. Nothing is stored before the last step, then all of it. */
export function ImportScreen() {
  const words = useWords(importTexts)
  const { api, router } = useAdmin()
  const act = useAct()
  const [walk, setWalk] = useState<Walk>(START)
  /** No answer came to a commit: it may have been stored, with codes that nobody has seen. */
  const [unsure, setUnsure] = useState(false)
  const send = (file: ListFile, mode: 'preview' | 'commit', mapping?: Mapping) =>
    api.call(studentsApi.bulk, { body: { ...file, mode, ...(mapping ? { mapping } : {}) } })
  const { step, file, reply } = walk
  const restart = () => {
    setUnsure(false)
    setWalk(START)
  }
  return (
    <Page title={words.title}>
      <a class="not-printed" href={addressOf(['students'])}>
        ← {words.back}
      </a>
      <Steps step={step} />
      {act.problem && <ProblemLine problem={act.problem} />}
      {(step === 'upload' || file === null || reply === null) && (
        <UploadStep
          busy={act.busy}
          onFile={(chosen) =>
            act.run(async () => setWalk({ step: 'map', file: chosen, reply: await send(chosen, 'preview') }))
          }
        />
      )}
      {step === 'map' && file && reply && (
        <MapStep
          reply={reply}
          filename={file.filename}
          busy={act.busy}
          onAnother={restart}
          onMapped={(mapping) =>
            act.run(async () => setWalk({ step: 'preview', file, reply: await send(file, 'preview', mapping) }))
          }
        />
      )}
      {step === 'preview' && file && reply && (
        <PreviewStep
          reply={reply}
          busy={act.busy}
          onAnother={restart}
          onChange={() => setWalk({ ...walk, step: 'map' })}
          onCommit={() =>
            act.run(async () => {
              const stored = await send(file, 'commit', reply.mapping).catch((error: unknown) => {
                if (isUnanswered(error)) setUnsure(true)
                throw error
              })
              setWalk({ step: 'done', file, reply: stored })
            })
          }
        />
      )}
      {step === 'done' && reply && <Result reply={reply} unsure={unsure} onMore={() => router.leave(restart)} />}
    </Page>
  )
}
