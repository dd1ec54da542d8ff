import type { Route } from '../core/router.ts'
import { hashOf } from '../core/router.ts'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from './app-context.ts'

/** The way to the screen above this one. */
export function WayBack({ to }: { to: Route }) {
  const { texts } = useTexts()
  return (
    <a class="way-back" href={hashOf(to)}>
      <Icon name="back" size={20} /> {texts.back}
    </a>
  )
}
