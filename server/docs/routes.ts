import { API } from '../../shared/contract/api/all.ts'
import { docsApi } from '../../shared/contract/api/docs.ts'
import type { Config } from '../config.ts'
import type { Serve } from '../http/serve.ts'
import { describeApi } from './openapi.ts'
import { API_PAGE_STYLE, renderApiPage } from './page.ts'

/** `/openapi.json` and `/docs`: both made at the first question and kept. */
export function serveDocs(serve: Serve, { appName }: Config): void {
  let document: ReturnType<typeof describeApi> | undefined
  let page: string | undefined
  const describe = () => {
    document ??= describeApi(API, appName)
    return document
  }
  serve(docsApi.openapi, () => describe())
  serve(docsApi.page, (c) => {
    page ??= renderApiPage(API, describe(), appName)
    return c.html(page)
  })
  serve(docsApi.style, (c) => c.text(API_PAGE_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
}
