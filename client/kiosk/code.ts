/** Crockford's look-alikes, as people type them. */
const ALIKE: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/** A pairing code as typed (`XXXXX-XXXXX`): any case, with or without dashes and spaces. Ten letters or fewer. */
export function readCode(typed: string): string {
  return [...typed.toUpperCase()]
    .filter((char) => /[A-Z0-9]/.test(char))
    .slice(0, 10)
    .join('')
}

/** The code as it is shown while it is typed. */
export function showCode(typed: string): string {
  const letters = readCode(typed)
  return letters.length > 5 ? `${letters.slice(0, 5)}-${letters.slice(5)}` : letters
}

/** The code to send: whole, look-alikes settled; null while letters are missing. */
export function wholeCode(typed: string): string | null {
  const letters = readCode(typed)
  if (letters.length < 10) return null
  return showCode([...letters].map((char) => ALIKE[char] ?? char).join(''))
}
