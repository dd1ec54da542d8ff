import { expect, it } from 'vitest'
import { makeCsv } from './csv.ts'

it('quotes what needs it and lets no cell be a formula', () => {
  const text = makeCsv([
    ['nim', 'name'],
    ['=1+1', 'Ani "A", X;=Y'],
    ['-2', 'a\nb'],
  ])
  expect(text).toBe(`\uFEFFnim,name\r\n'=1+1,"Ani ""A"", X;'=Y"\r\n'-2,"a\nb"\r\n`)
})
