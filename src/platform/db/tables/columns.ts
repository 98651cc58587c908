import type { ColumnType, GeneratedAlways } from 'kysely'

export type Id = GeneratedAlways<number>
export type Instant = Temporal.Instant
/** Read as a value, written as JSON text. */
export type Json<T> = ColumnType<T, string, string>
