import type { ShotView } from '../../check-in/walk-state.ts'
import { Button } from '../../ui/button.tsx'
import { Screen } from '../../ui/screen.tsx'
import { ShotPicture } from '../../ui/shot-picture.tsx'
import { useTexts } from '../app-context.ts'

interface ChoosingScreenProps {
  readonly shots: readonly ShotView[]
  readonly onRetake: (index: number) => void
  readonly onKeep: () => void
  readonly onCancel: () => void
}

/** The shots of an enrolment, each to be kept or taken again, before anything is sent. */
export function ChoosingScreen({ shots, onRetake, onKeep, onCancel }: ChoosingScreenProps) {
  const { texts } = useTexts()
  const words = texts.choosing
  return (
    <Screen title={words.title} app={texts.app} class="page choosing">
      <p class="lead">{words.lead}</p>
      <ul class="shots">
        {shots.map((shot, at) => {
          const name = words.pose[shot.prompt] ?? words.other(at + 1)
          return (
            <li key={`${shot.prompt}-${at}`}>
              <ShotPicture picture={shot.picture} label={name} />
              <span>{name}</span>
              <Button kind="quiet" label={words.retakeOf(name)} onPress={() => onRetake(at)}>
                {words.retake}
              </Button>
            </li>
          )
        })}
      </ul>
      <div class="actions bottom">
        <Button kind="primary" large wide testId="save-shots" onPress={onKeep}>
          {words.save}
        </Button>
        <Button kind="quiet" wide testId="cancel" onPress={onCancel}>
          {texts.cancel}
        </Button>
      </div>
    </Screen>
  )
}
