import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

declare global {
  var axe: { run(): Promise<{ violations: Violation[] }> }
}

const source = readFile(fileURLToPath(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8')

/** What axe-core finds wrong on the page as it is: "rule: elements". */
export async function findViolations(page: Page): Promise<string[]> {
  // The page's policy forbids script elements; an evaluation from outside is not bound by it.
  await page.evaluate(await source)
  const found = await page.evaluate(async () => {
    // A colour on its way to another one is neither.
    const onTheirWay = document.getAnimations().filter((one) => one instanceof CSSTransition)
    await Promise.allSettled(onTheirWay.map(({ finished }) => finished))
    return (await axe.run()).violations
  })
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}
