import { Icon, type IconName } from '../ui/icon.tsx'

interface WayProps {
  readonly to: string
  readonly icon: IconName
  readonly name: string
  readonly body: string
  readonly testId?: string
}

/** A row of a card that leads to another screen. */
export function Way({ to, icon, name, body, testId }: WayProps) {
  return (
    <a class="row" href={to} data-testid={testId}>
      <Icon name={icon} />
      <div>
        <span class="row-name">{name}</span>
        <span class="soft">{body}</span>
      </div>
      <Icon name="forward" size={20} />
    </a>
  )
}
