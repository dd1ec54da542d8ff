import { z } from 'zod'
import {
  type Accommodation,
  accommodationSchema,
  type Role,
  roleSchema,
  type User,
} from '../../shared/contract/auth.ts'
import type { Db } from '../db/open.ts'
import type { Statement } from '../db/write.ts'

/** A user as the server knows it, without the password. */
export interface SignedInUser {
  readonly id: string
  readonly nim: string
  readonly name: string
  readonly email: string | null
  readonly role: Role
  readonly kelas: string | null
  /** May sign in: not suspended, and not waiting for an admin's approval. */
  readonly isActive: boolean
  readonly hasFace: boolean
  readonly accommodation: Accommodation
  /** Rises when running sessions must end. */
  readonly epoch: number
  /** The password is still the one printed at the first start. */
  readonly passwordTemporary: boolean
}

export interface UserWithPassword {
  readonly user: SignedInUser
  /** bcrypt; null until activated. */
  readonly passwordHash: string | null
}

const flag = z.number().transform((value) => value === 1)

const userRow = z
  .object({
    id: z.string(),
    nim: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: roleSchema,
    kelas: z.string().nullable(),
    is_active: flag,
    approval: z.enum(['approved', 'pending']),
    has_face: flag,
    accommodation: z.string().transform((json) => accommodationSchema.parse(JSON.parse(json))),
    epoch: z.number(),
    password_temporary: flag,
    password_hash: z.string().nullable(),
  })
  .transform(
    (row): UserWithPassword => ({
      user: {
        id: row.id,
        nim: row.nim,
        name: row.name,
        email: row.email,
        role: row.role,
        kelas: row.kelas,
        isActive: row.is_active && row.approval === 'approved',
        hasFace: row.has_face,
        accommodation: row.accommodation,
        epoch: row.epoch,
        passwordTemporary: row.password_temporary,
      },
      passwordHash: row.password_hash,
    }),
  )

const COLUMNS = `id, nim, name, email, role, kelas, is_active, approval, has_face, accommodation, epoch,
  password_temporary, password_hash`

/** The user with this id, or null. */
export async function findUser(db: Db, id: string): Promise<SignedInUser | null> {
  const [row] = await db.read(`SELECT ${COLUMNS} FROM users WHERE id = ?`, [id])
  return row === undefined ? null : userRow.parse(row).user
}

/** The user with this NIM (letter case does not count) and the password's hash, or null. */
export async function findUserByNim(db: Db, nim: string): Promise<UserWithPassword | null> {
  const [row] = await db.read(`SELECT ${COLUMNS} FROM users WHERE nim = ?`, [nim])
  return row === undefined ? null : userRow.parse(row)
}

/** The same, by id. */
export async function findUserWithPassword(db: Db, id: string): Promise<UserWithPassword | null> {
  const [row] = await db.read(`SELECT ${COLUMNS} FROM users WHERE id = ?`, [id])
  return row === undefined ? null : userRow.parse(row)
}

export interface NewUser {
  readonly id: string
  readonly nim: string
  readonly name: string
  readonly role: Role
  readonly kelas: string | null
  readonly accommodation: Accommodation
  readonly email?: string | null | undefined
  readonly parentEmail?: string | null | undefined
}

/** Adds a user who has no password yet. Breaks the batch (`isConflict`) when the NIM is taken. */
export function insertUser(user: NewUser, now: number): Statement {
  return {
    sql: `INSERT INTO users (id, nim, name, email, parent_email, role, kelas, accommodation, created_at, updated_at)
      VALUES (:id, :nim, :name, :email, :parentEmail, :role, :kelas, :accommodation, :now, :now)`,
    args: {
      id: user.id,
      nim: user.nim,
      name: user.name,
      email: user.email ?? null,
      parentEmail: user.parentEmail ?? null,
      role: user.role,
      kelas: user.kelas,
      accommodation: JSON.stringify(user.accommodation),
      now,
    },
  }
}

/**
 * Adds an account somebody made herself: it waits for an admin. Nothing happens where the NIM is taken, or where `most`
 * accounts wait already.
 */
export function insertApplicant(user: NewUser, passwordHash: string, most: number, now: number): Statement {
  return {
    sql: `INSERT INTO users (id, nim, name, email, password_hash, role, kelas, approval, self_made, accommodation,
        created_at, updated_at)
      SELECT :id, :nim, :name, :email, :passwordHash, :role, :kelas, 'pending', 1, :accommodation, :now, :now
      WHERE (SELECT count(*) FROM users WHERE approval = 'pending') < :most
      ON CONFLICT (nim) DO NOTHING`,
    args: {
      id: user.id,
      nim: user.nim,
      name: user.name,
      email: user.email ?? null,
      passwordHash,
      role: user.role,
      kelas: user.kelas,
      accommodation: JSON.stringify(user.accommodation),
      most,
      now,
    },
  }
}

/** Sets the password; running sessions end (the epoch rises). */
export function setPassword(userId: string, passwordHash: string, temporary: boolean, now: number): Statement {
  return {
    sql: `UPDATE users SET password_hash = ?, password_temporary = ?, epoch = epoch + 1, updated_at = ? WHERE id = ?`,
    args: [passwordHash, temporary ? 1 : 0, now, userId],
  }
}

/** Breaks the batch (`isConflict`) when somebody's password hash is another one by then. */
export function requirePassword(userId: string, passwordHash: string | null): Statement {
  return {
    sql: 'INSERT INTO must_change (rows) SELECT EXISTS (SELECT 1 FROM users WHERE id = ? AND password_hash IS ?)',
    args: [userId, passwordHash],
  }
}

/** Takes the password away; running sessions end. */
export function clearPassword(userId: string, now: number): Statement {
  return {
    sql: `UPDATE users SET password_hash = NULL, password_temporary = 0, epoch = epoch + 1, updated_at = ? WHERE id = ?`,
    args: [now, userId],
  }
}

/** Ends running sessions: the epoch rises. */
export function endSessions(userId: string, now: number): Statement {
  return { sql: 'UPDATE users SET epoch = epoch + 1, updated_at = ? WHERE id = ?', args: [now, userId] }
}

/** Notes a login. */
export function setLastLogin(userId: string, now: number): Statement {
  return { sql: 'UPDATE users SET last_login = ? WHERE id = ?', args: [now, userId] }
}

/** How many users there are, and how many of them are admins. */
export async function countUsers(db: Db): Promise<{ all: number; admins: number }> {
  const [row] = await db.read("SELECT count(*) AS users, count(*) FILTER (WHERE role = 'admin') AS admins FROM users")
  const counts = z.object({ users: z.number(), admins: z.number() }).parse(row)
  return { all: counts.users, admins: counts.admins }
}

/** What a reply shows of a user. */
export function describeUser(user: SignedInUser): User {
  return {
    id: user.id,
    nim: user.nim,
    name: user.name,
    email: user.email,
    role: user.role,
    has_face: user.hasFace,
    kelas: user.kelas,
  }
}
