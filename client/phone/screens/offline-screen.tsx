import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'

/** A check-in by phone without a network: plainly no, and what there is instead. */
export function OfflineScreen() {
  const { router } = useApp()
  const { texts } = useTexts()
  return (
    <Screen
      title={texts.offline.title}
      app={texts.app}
      class="outcome"
      before={
        <div class="emblem calm">
          <Icon name="network-off" size={44} />
        </div>
      }
    >
      <div class="outcome-body" data-testid="no-check-in">
        <p class="lead">{texts.offline.noCheckIn}</p>
        <div class="actions">
          <Button kind="primary" large wide onPress={() => router.go('home', 'replace')}>
            {texts.toHome}
          </Button>
        </div>
      </div>
    </Screen>
  )
}
