/** The tables of 0005-idempotency.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface IdempotencyTables {}
