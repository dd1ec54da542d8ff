import { useEffect, useState } from 'preact/hooks'
import type { ScanReply } from '../../../check-in/look.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useMe, useWords } from '../../app-context.ts'
import { formatPercent } from '../../format.ts'
import { CameraWalkView } from './camera-walk.tsx'
import { caseTexts } from './case-texts.ts'
import { createOfficeApi } from './office-api.ts'
import { useCameraWalk } from './use-camera-walk.ts'

interface Someone {
  readonly id: string
  readonly name: string
}

interface LookProps {
  /** Who may be called: both people of the case. */
  readonly people: readonly [Someone, Someone]
  /** The class of whoever is enrolled: where the camera looks. */
  readonly kelas: string | null
}

interface Sight {
  readonly as: string
  readonly reply: ScanReply
}

function Sights({ sights }: { sights: readonly Sight[] }) {
  const words = useWords(caseTexts)
  const language = useLanguage()
  const said = ({ faces, message }: ScanReply) => {
    const [face] = faces
    if (!face?.name) return message
    const sure = typeof face.confidence === 'number' ? formatPercent(100 * face.confidence, language) : '–'
    return words.recognised(face.name, sure)
  }
  return (
    <ul class="stack" aria-live="polite">
      {sights.map(({ as, reply }, at) => (
        <li key={`${at}-${as}`} data-testid="sight">
          {words.saw(as)} <strong>{said(reply)}</strong>
        </li>
      ))}
    </ul>
  )
}

/** Looks with this computer's camera who somebody is; what it says helps to decide and is kept nowhere. */
export function CaseLook({ people, kelas }: LookProps) {
  const words = useWords(caseTexts)
  const { api } = useAdmin()
  const me = useMe()
  const [as, setAs] = useState(people[0].name)
  const [sights, setSights] = useState<readonly Sight[]>([])
  const walk = useCameraWalk<ScanReply>(async (watching) => {
    const { startLook } = await import('../../../check-in/look.ts')
    return startLook({ api: createOfficeApi(api, null, kelas), user: me, ...watching })
  })
  const { reply } = walk
  useEffect(() => {
    if (reply === null) return
    setSights((old) => [...old, { as, reply }])
    walk.cancel()
  }, [reply])
  return (
    <section class="panel">
      <h2>{words.lookTitle}</h2>
      <p>{words.lookBody(people[1].name)}</p>
      <Sights sights={sights} />
      <CameraWalkView
        walk={walk}
        before={
          <div class="row-actions">
            {people.map(({ id, name }) => (
              <Button
                key={id}
                testId="look"
                onPress={() => {
                  setAs(name)
                  walk.start()
                }}
              >
                {words.look(name)}
              </Button>
            ))}
          </div>
        }
      />
    </section>
  )
}
