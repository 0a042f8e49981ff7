/** The tables of 0004-sources.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface SourceTables {}
