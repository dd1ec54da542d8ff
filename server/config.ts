import { isIP } from 'node:net'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { z } from 'zod'

/** The start stops with this message; it names the variable and the rule, never the value. */
export class ConfigProblem extends Error {}

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )

/** An IP address, alone or with a prefix length that fits its kind (RFC 4632). */
const isRange = (range: string): boolean => {
  const [address = '', bits = '0', ...rest] = range.split('/')
  const longest = isIP(address) === 6 ? 128 : 32
  return isIP(address) !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= longest
}

const timeZone = z.string().refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}, 'must be an IANA time zone like Asia/Jakarta')

const environment = z.object({
  APP_NAME: z.string().min(1).max(60).default('Smart Absensi'),
  HOST: z.string().min(1).optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  STORAGE_PATH: z.string().min(1).default('data'),
  KEYS_PATH: z.string().min(1).default('keys'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:|libsql:\/\/|https?:\/\/)./, 'must start with file:, libsql://, http:// or https://')
    .optional(),
  DATABASE_AUTH_TOKEN: z.string().min(1).optional(),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  JWT_SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  ACCESS_TOKEN_EXPIRE_MINUTES: z.coerce.number().int().min(1).max(1440).default(60),
  REFRESH_TOKEN_EXPIRE_DAYS: z.coerce.number().int().min(1).max(90).default(7),
  CORS_ORIGINS: list.refine(
    (origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
    'must be origins like https://absensi.sekolah.sch.id, separated by commas',
  ),
  TRUSTED_PROXIES: list.refine(
    (ranges) => ranges.every(isRange),
    'must be addresses or ranges like 10.0.0.0/8, separated by commas',
  ),
  LIVENESS_PROFILE: z.enum(['school', 'lab']).default('school'),
  FACE_CONFIDENCE_THRESHOLD: z.coerce.number().min(0.5).max(0.99).default(0.8),
  SMTP_HOST: z.string().min(1).optional(),
  SMTP_PORT: z.coerce.number().int().min(1).max(65_535).default(587),
  SMTP_USER: z.string().min(1).optional(),
  SMTP_PASSWORD: z.string().min(1).optional(),
  EMAIL_FROM: z.email('must be one address like absensi@sekolah.sch.id').optional(),
  PUBLIC_URL: z
    .string()
    .refine(
      (url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).origin === url,
      'must be an origin like https://absensi.sekolah.sch.id',
    )
    .optional(),
  TZ_SCHOOL: timeZone.default('Asia/Jakarta'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** Where mail goes out. */
export interface MailConfig {
  readonly host: string
  readonly port: number
  readonly login: { readonly user: string; readonly password: string } | undefined
  /** The sender's address. */
  readonly from: string
}

/** Everything the environment may say, parsed. Paths are absolute. */
export interface Config {
  readonly appName: string
  /** Without HOST: this machine only over plain HTTP, every interface over TLS. */
  readonly host: string | undefined
  readonly port: number
  readonly storagePath: string
  readonly keysPath: string
  readonly databaseUrl: string
  readonly databaseAuthToken: string | undefined
  readonly secretKey: string | undefined
  readonly jwtSecretKey: string | undefined
  readonly accessTokenMinutes: number
  readonly refreshTokenDays: number
  readonly corsOrigins: readonly string[]
  readonly trustedProxies: readonly string[]
  readonly profile: 'school' | 'lab'
  /** Confidence (0..1) from which a face is accepted. */
  readonly faceConfidenceThreshold: number
  /** Without SMTP_HOST nothing is sent. */
  readonly mail: MailConfig | undefined
  /** The origin at which people reach the pages, for links in mail. */
  readonly publicUrl: string | undefined
  /** IANA time zone of the school's day. */
  readonly timeZone: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** Parses the environment once. Empty variables count as unset. Throws ConfigProblem naming each wrong variable. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')))
  if (!parsed.success)
    throw new ConfigProblem(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
  const values = parsed.data
  const storagePath = resolve(values.STORAGE_PATH)
  const keysPath = resolve(values.KEYS_PATH)
  const fromData = relative(storagePath, keysPath)
  if (fromData === '' || (!fromData.startsWith('..') && !isAbsolute(fromData)))
    throw new ConfigProblem('KEYS_PATH: must not lie inside STORAGE_PATH, so that a backup of the data holds no key')
  return {
    appName: values.APP_NAME,
    host: values.HOST,
    port: values.PORT,
    storagePath,
    keysPath,
    databaseUrl: values.DATABASE_URL ?? `file:${join(storagePath, 'absensi.db')}`,
    databaseAuthToken: values.DATABASE_AUTH_TOKEN,
    secretKey: values.SECRET_KEY,
    jwtSecretKey: values.JWT_SECRET_KEY,
    accessTokenMinutes: values.ACCESS_TOKEN_EXPIRE_MINUTES,
    refreshTokenDays: values.REFRESH_TOKEN_EXPIRE_DAYS,
    corsOrigins: values.CORS_ORIGINS,
    trustedProxies: values.TRUSTED_PROXIES,
    profile: values.LIVENESS_PROFILE,
    faceConfidenceThreshold: values.FACE_CONFIDENCE_THRESHOLD,
    mail: readMail(values),
    publicUrl: values.PUBLIC_URL,
    timeZone: values.TZ_SCHOOL,
    logLevel: values.LOG_LEVEL,
  }
}

function readMail(values: z.output<typeof environment>): MailConfig | undefined {
  const { SMTP_HOST: host, SMTP_PORT: port, SMTP_USER: user, SMTP_PASSWORD: password, EMAIL_FROM: from } = values
  if (host === undefined) return undefined
  if (from === undefined) throw new ConfigProblem('EMAIL_FROM: must be set where SMTP_HOST is')
  if ((user === undefined) !== (password === undefined))
    throw new ConfigProblem('SMTP_PASSWORD: SMTP_USER and SMTP_PASSWORD go together')
  const login = user === undefined || password === undefined ? undefined : { user, password }
  return { host, port, login, from }
}
