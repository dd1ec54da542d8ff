import { type PlaceRule, placeRuleSchema } from '../../../../shared/contract/timetable.ts'

/** A place rule as the form holds it: numbers and ranges as they are typed. */
export interface PlaceForm {
  readonly mode: PlaceRule['mode']
  /** By what the place is known. */
  readonly by: 'circle' | 'networks'
  readonly latitude: string
  readonly longitude: string
  readonly radius: string
  /** One address or range a line. */
  readonly networks: string
}
export type PlaceField = 'latitude' | 'longitude' | 'radius' | 'networks'

/** The rule as the form shows it; none is one that is off. */
export function toForm(rule: PlaceRule | null): PlaceForm {
  const { circle, networks } = rule ?? {}
  return {
    mode: rule?.mode ?? 'off',
    by: networks === undefined ? 'circle' : 'networks',
    latitude: circle ? String(circle.latitude) : '',
    longitude: circle ? String(circle.longitude) : '',
    radius: circle ? String(circle.radius) : '150',
    networks: (networks ?? []).join('\n'),
  }
}

const isEmpty = ({ by, latitude, longitude, networks }: PlaceForm) =>
  by === 'circle' ? latitude.trim() === '' && longitude.trim() === '' : networks.trim() === ''

const numberOf = (text: string) => (text.trim() === '' ? Number.NaN : Number(text.replace(',', '.')))

function readRule(form: PlaceForm) {
  if (form.mode === 'off' && isEmpty(form)) return null
  const { latitude, longitude, radius } = form
  return form.by === 'circle'
    ? {
        mode: form.mode,
        circle: { latitude: numberOf(latitude), longitude: numberOf(longitude), radius: numberOf(radius) },
      }
    : {
        mode: form.mode,
        networks: form.networks
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      }
}

/** Fields the contract would not take. A rule that is off is kept as it is typed, as far as it is whole. */
export function findWrongPlace(form: PlaceForm): PlaceField[] {
  if (form.mode === 'off') return []
  const parsed = placeRuleSchema.nullable().safeParse(readRule(form))
  if (parsed.success) return []
  const fields = ['latitude', 'longitude', 'radius', 'networks'] as const
  return fields.filter((field) => parsed.error.issues.some(({ path }) => path.includes(field)))
}

/** The rule of a form without wrong fields: null where there is none, also where an unfinished one is off. */
export function toRule(form: PlaceForm): PlaceRule | null {
  const parsed = placeRuleSchema.nullable().safeParse(readRule(form))
  return parsed.success ? parsed.data : null
}
