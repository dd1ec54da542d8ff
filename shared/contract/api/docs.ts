import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

/** The API's own description, made of the rows of this contract. */
export const docsApi = {
  openapi: endpoint({
    method: 'GET',
    path: '/openapi.json',
    who: 'anyone',
    limit: 'address',
    summary: 'This API as an OpenAPI 3.1 document.',
    reply: z.looseObject({ openapi: z.string() }),
  }),
  page: endpoint({
    method: 'GET',
    path: '/docs',
    who: 'anyone',
    limit: 'address',
    summary: 'This API as a page for people.',
    reply: { file: ['text/html'] },
  }),
  style: endpoint({
    method: 'GET',
    path: '/docs/style.css',
    who: 'anyone',
    limit: 'address',
    summary: 'How the page looks.',
    reply: { file: ['text/css'] },
  }),
}
