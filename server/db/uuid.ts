/**
 * A random UUID (RFC 9562, version 4) as SQL makes one, for rows that one INSERT ... SELECT makes many of. Lower case, as
 * `randomUUID` writes it.
 */
export const RANDOM_UUID = `lower(printf('%s-%s-4%s-%s%s-%s', hex(randomblob(4)), hex(randomblob(2)),
  substr(hex(randomblob(2)), 2), substr('89AB', 1 + (random() & 3), 1), substr(hex(randomblob(2)), 2),
  hex(randomblob(6))))`
