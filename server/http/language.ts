import type { Context } from 'hono'

/** A text for people, in both languages of the product. */
export interface Words {
  readonly id: string
  readonly en: string
}

/** The language a request asks for (RFC 9110, 12.5.4): Indonesian unless English stands before it. */
export function languageOf(header: string | undefined): keyof Words {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const q = parameters
        .map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1])
        .find((value) => value !== undefined)
      return { tag: tag.slice(0, 2), q: q === undefined ? 1 : Number(q) }
    })
    .filter(({ tag, q }) => (tag === 'id' || tag === 'en') && q > 0)
    .sort((a, b) => b.q - a.q)
  return wanted[0]?.tag === 'en' ? 'en' : 'id'
}

/** The text in the request's language. */
export function say(c: Context, words: Words): string {
  return words[languageOf(c.req.header('accept-language'))]
}
