import type { ConsentText } from '../core/consent-id.ts'

/** The sections of the consent, as they are agreed to: on a phone, and on the sheet that is signed. */
export function ConsentSections({ text }: { text: ConsentText }) {
  return (
    <>
      {text.sections.map(({ title, points }) => (
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
