/** How browsers name the systems people have, in the order they are looked for. */
const SYSTEMS = [
  [/Android (\d+)/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
] as const

/** A name people recognise in a list of devices, "Android 14": the platform, as far as the browser tells it. */
export function deviceLabel(userAgent: string): string {
  for (const [pattern, name] of SYSTEMS) {
    const found = pattern.exec(userAgent)
    if (found) return found[1] === undefined ? name : `${name} ${found[1]}`
  }
  return ''
}
