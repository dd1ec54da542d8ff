import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from './app-context.ts'
import type { OwnPlace } from './use-place.ts'

/** Asked before the camera where a session wants to know the place: what for, what is kept, what happens without. */
export function PlaceCard({ own }: { own: OwnPlace }) {
  const words = useTexts().texts.place
  return (
    <section class="card place" data-testid="place" data-state={own.state} aria-labelledby="place-title">
      <div class="place-head">
        <Icon name="place" />
        <h2 id="place-title">{words.title}</h2>
      </div>
      <p class="soft">{words.body}</p>
      <p class="soft">{words.without}</p>
      <p role="status" class={own.state === 'idle' ? 'hidden-text' : undefined}>
        {own.state === 'got' && words.got}
        {own.state === 'asking' && words.asking}
        {own.state === 'failed' && words.failed}
      </p>
      {own.state === 'got' ? (
        <Button wide testId="place-drop" onPress={own.drop}>
          {words.drop}
        </Button>
      ) : (
        <Button wide busy={own.state === 'asking'} testId="place-allow" onPress={own.ask}>
          {words.allow}
        </Button>
      )}
    </section>
  )
}
