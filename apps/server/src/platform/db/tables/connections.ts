/** The tables of 0003-connections.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface ConnectionTables {}
