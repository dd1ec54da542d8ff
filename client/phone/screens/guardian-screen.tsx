import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { useWords } from '../use-words.ts'

/** Her guardian's consent is not there yet: no camera before it is, and what there is instead. */
export function GuardianScreen({ onRetry }: { onRetry: () => void }) {
  const { router } = useApp()
  const { texts } = useTexts()
  const words = useWords()
  return (
    <Screen
      title={words.guardian.title}
      app={texts.app}
      class="outcome"
      before={
        <div class="emblem calm">
          <Icon name="paper" size={44} />
        </div>
      }
    >
      <div class="outcome-body" data-testid="guardian-missing">
        <p class="lead">{words.guardian.body}</p>
        <div class="actions">
          <Button kind="primary" large wide testId="retry" onPress={onRetry}>
            {words.guardian.again}
          </Button>
          <Button wide onPress={() => router.go('code')}>
            {words.code.title}
          </Button>
          <Button kind="quiet" wide onPress={() => router.go('home', 'replace')}>
            {texts.toHome}
          </Button>
        </div>
      </div>
    </Screen>
  )
}
