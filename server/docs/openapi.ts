import { z } from 'zod'
import { type Caller, type Endpoint, isFile, LIMITS } from '../../shared/contract/endpoint.ts'
import { PROBLEMS, problemSchema } from '../../shared/contract/problem.ts'

type Json = { readonly [name: string]: unknown }

/** An OpenAPI document, as far as others look into it. */
export interface ApiDescription {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>
  readonly [name: string]: unknown
}

/** The rows of one feature, by name. */
export type Rows = Readonly<Record<string, Endpoint>>

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const {
    $schema,
    '~standard': _,
    ...json
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & {
    '~standard'?: unknown
  }
  return json
}

/** Each member of an object schema as a parameter of the path or the query. */
function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: one,
  }))
}

/** What a caller shows, by kind. */
const SECURITY: { readonly [who in Caller]: readonly Json[] } = {
  anyone: [],
  user: [{ bearer: [] }],
  staff: [{ bearer: [] }],
  admin: [{ bearer: [] }],
  kiosk: [{ proof: [] }],
}

const WHO: { readonly [who in Caller]: string } = {
  anyone: 'Anyone.',
  user: 'Whoever is signed in.',
  staff: 'A guru, within her kelas, or an admin.',
  admin: 'An admin.',
  kiosk: 'A paired kiosk.',
}

/** Who may call a row and how often, for people. */
export function rulesOf({ who, limit, confirm }: Endpoint): string {
  const { units, seconds, per } = LIMITS[limit]
  const again = confirm === true ? ' Needs `X-Confirmation` from POST /auth/confirm.' : ''
  return `${WHO[who]} At most ${units} in ${seconds} s of one ${per}.${again}`
}

function repliesOf(row: Endpoint): Json {
  const content = isFile(row.reply)
    ? Object.fromEntries(row.reply.file.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))
    : { 'application/json': { schema: schemaOf(row.reply, 'output') } }
  return {
    [String(row.status ?? 200)]: { description: 'Done.', content },
    default: { $ref: '#/components/responses/Problem' },
  }
}

function operationOf(feature: string, name: string, row: Endpoint): Json {
  const parameters = [...parametersOf(row.params, 'path'), ...parametersOf(row.query, 'query')]
  return {
    operationId: `${feature}.${name}`,
    tags: [feature],
    summary: row.summary,
    description: rulesOf(row),
    security: SECURITY[row.who],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(row.body === undefined
      ? {}
      : {
          requestBody: {
            required: row.bodyOptional !== true,
            content: { 'application/json': { schema: schemaOf(row.body, 'input') } },
          },
        }),
    responses: repliesOf(row),
  }
}

/**
 * The contract as an OpenAPI 3.1 document (openapis.org, 3.1.0): the very schemas that requests and replies are parsed by.
 * @param api rows by feature, as shared/contract/api/all.ts gives them
 */
export function describeApi(api: Readonly<Record<string, Rows>>, title: string): ApiDescription {
  const paths: Record<string, Record<string, Json>> = {}
  for (const [feature, rows] of Object.entries(api))
    for (const [name, row] of Object.entries(rows)) {
      const operation = { [row.method.toLowerCase()]: operationOf(feature, name, row) }
      paths[row.path] = { ...paths[row.path], ...operation }
    }
  const codes = Object.entries(PROBLEMS).map(([code, status]) => `${code} (${status})`)
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: '1',
      description:
        'Attendance by face. Errors are RFC 9457 problem documents with a stable `code`; texts follow Accept-Language (id, en).',
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        proof: { type: 'apiKey', in: 'header', name: 'DPoP', description: 'RFC 9449, signed by the kiosk’s key' },
      },
      responses: {
        Problem: {
          description: `A problem: ${codes.join(', ')}.`,
          content: { 'application/problem+json': { schema: schemaOf(problemSchema, 'output') } },
        },
      },
    },
  }
}
