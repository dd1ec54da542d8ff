import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useTexts } from '../app-context.ts'

/** What is left when a screen threw: an explanation and a reload. The error itself is in the console. */
export function CrashScreen() {
  const { texts } = useTexts()
  return (
    <Screen
      title={texts.crashed.title}
      app={texts.app}
      class="outcome"
      before={
        <div class="emblem warn">
          <Icon name="warn" size={40} />
        </div>
      }
    >
      <p class="lead">{texts.crashed.body}</p>
      <div class="actions">
        <Button kind="primary" large wide testId="retry" onPress={() => location.reload()}>
          {texts.reload}
        </Button>
      </div>
    </Screen>
  )
}
