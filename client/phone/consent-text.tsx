import { useTexts } from './app-context.ts'

/** The sections of the consent, as they are agreed to. */
export function ConsentText() {
  const { consent } = useTexts().texts
  return (
    <>
      {consent.sections.map(({ title, points }) => (
        <section class="consent-part" key={title}>
          <h2>{title}</h2>
          <ul>
            {points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
