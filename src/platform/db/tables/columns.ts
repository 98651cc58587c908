import type { ColumnType, GeneratedAlways } from 'kysely'

export type Id = GeneratedAlways<number>
export type Instant = Temporal.Instant
/** A column that is read as a value and written as JSON text. */
export type Json<T> = ColumnType<T, string, string>
