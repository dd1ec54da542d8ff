import { type Endpoint, isFile } from '../../shared/contract/endpoint.ts'
import { PROBLEMS } from '../../shared/contract/problem.ts'
import { PROBLEM_WORDS } from '../http/problem-words.ts'
import { type ApiDescription, type Rows, rulesOf } from './openapi.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)
const pretty = (value: unknown): string => `<pre><code>${escapeHtml(JSON.stringify(value, null, 2))}</code></pre>`

interface Operation {
  readonly parameters?: unknown
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> }
  readonly responses: Readonly<Record<string, { readonly content?: unknown }>>
}

function section(title: string, value: unknown): string {
  return value === undefined ? '' : `<h4>${title}</h4>${pretty(value)}`
}

function rowHtml(name: string, row: Endpoint, operation: Operation | undefined): string {
  const reply = isFile(row.reply) ? row.reply.file.join(', ') : operation?.responses[String(row.status ?? 200)]?.content
  return `<details id="${escapeHtml(name)}">
<summary><b class="${row.method.toLowerCase()}">${row.method}</b> <code>/api/v1${escapeHtml(row.path)}</code>
<span>${escapeHtml(row.summary)}</span></summary>
<p>${escapeHtml(rulesOf(row))}</p>
${section('Parameters', operation?.parameters)}
${section('Body', operation?.requestBody?.content['application/json']?.schema)}
${section('Reply', reply)}
</details>`
}

/** The description as one page: no script, no request but its own style sheet. */
export function renderApiPage(api: Readonly<Record<string, Rows>>, document: ApiDescription, title: string): string {
  const paths = document.paths as unknown as Readonly<Record<string, Readonly<Record<string, Operation>>>>
  const features = Object.entries(api).map(
    ([feature, rows]) => `<section aria-labelledby="f-${feature}"><h2 id="f-${feature}">${feature}</h2>
${Object.entries(rows)
  .map(([name, row]) => rowHtml(`${feature}.${name}`, row, paths[row.path]?.[row.method.toLowerCase()]))
  .join('\n')}</section>`,
  )
  const problems = Object.entries(PROBLEMS).map(([code, status]) => {
    const { id, en } = PROBLEM_WORDS[code as keyof typeof PROBLEMS].detail
    return `<tr><th scope="row"><code>${code}</code></th><td>${status}</td><td lang="id">${escapeHtml(id)}</td><td>${escapeHtml(en)}</td></tr>`
  })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} API</title>
<link rel="stylesheet" href="/api/v1/docs/style.css">
</head>
<body>
<header><h1>${escapeHtml(title)} API</h1>
<p>Made from the schemas that requests and replies are parsed by. For programs: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
<nav aria-label="Features">${Object.keys(api)
    .map((feature) => `<a href="#f-${feature}">${feature}</a>`)
    .join(' ')} <a href="#problems">problems</a></nav></header>
<main>
${features.join('\n')}
<section aria-labelledby="problems"><h2 id="problems">Problems</h2>
<div class="wide" tabindex="0" role="region" aria-labelledby="problems"><table><thead><tr><th scope="col">code</th><th scope="col">status</th><th scope="col">Indonesia</th><th scope="col">English</th></tr></thead>
<tbody>${problems.join('\n')}</tbody></table></div></section>
</main>
</body>
</html>
`
}

/** The page's style sheet: light and dark as the reader's system is. */
export const API_PAGE_STYLE = `:root { color-scheme: light dark; --edge: #8886; --soft: #8881; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
nav a { display: inline-block; margin: 0 .5rem .25rem 0; padding: .25rem 0; }
details { border: 1px solid var(--edge); border-radius: .5rem; margin: .5rem 0; padding: 0 .75rem; }
summary { cursor: pointer; padding: .6rem 0; }
summary code { overflow-wrap: anywhere; }
summary span { display: block; }
summary b { display: inline-block; min-width: 4rem; }
pre { background: var(--soft); border-radius: .5rem; max-height: 24rem; overflow: auto; padding: .75rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid var(--edge); padding: .4rem .6rem; text-align: left; vertical-align: top; }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
`
