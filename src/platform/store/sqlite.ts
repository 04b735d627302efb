/** The only importer of libsql: a connection with cached statements, rows as arrays, always one bound array. */
import Database from 'libsql';

export type SqlValue = number | string | Buffer | null;
export type SqlRow = SqlValue[];

/** The part of libsql's statements that is used: its own types miss the array binding. */
interface Statement {
  get(params: SqlValue[]): unknown;
  all(params: SqlValue[]): unknown[];
  run(params: SqlValue[]): { lastInsertRowid: number | bigint };
  raw(on: boolean): unknown;
}

const prepared = (statement: unknown): Statement => statement as Statement;

/**
 * One SQLite connection. libsql aborts the process on a lone Buffer argument, so every statement takes one array.
 * Rows come as arrays in column order.
 */
export class Sql {
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Statement>();

  /** Opens (and creates) the file: busy_timeout first, then WAL, then FULL. */
  constructor(file: string, mode: 'wal' | 'exclusive' = 'wal') {
    this.#db = new Database(file);
    if (mode === 'exclusive') return;
    this.#db.pragma('busy_timeout=5000');
    this.#db.pragma('journal_mode=WAL');
    this.#db.pragma('synchronous=FULL');
    this.#db.pragma('cache_size=-65536');
  }

  /** Opens a file and holds an exclusive lock on it until closed; fails at once when another holds it. */
  static exclusive(file: string): Sql {
    const sql = new Sql(file, 'exclusive');
    try {
      sql.exec('PRAGMA busy_timeout=0; BEGIN EXCLUSIVE');
    } catch (error) {
      sql.close();
      throw error;
    }
    return sql;
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size > 500) this.#statements.clear();
    const statement = prepared(this.#db.prepare(sql));
    if (/^\s*(SELECT|PRAGMA)/i.test(sql)) statement.raw(true);
    this.#statements.set(sql, statement);
    return statement;
  }

  get(sql: string, params: SqlValue[] = []): SqlRow | undefined {
    return this.#statement(sql).get(params) as SqlRow | undefined;
  }

  all(sql: string, params: SqlValue[] = []): SqlRow[] {
    return this.#statement(sql).all(params) as SqlRow[];
  }

  /** Runs a statement and returns the row id it inserted, if it did. */
  run(sql: string, params: SqlValue[] = []): number {
    return Number(this.#statement(sql).run(params).lastInsertRowid);
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction;
  }

  /** Forgets cached statements (after tables are dropped). */
  forget(): void {
    this.#statements.clear();
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }
}

/** True for a violated primary key or unique constraint: the statement did nothing, the transaction goes on. */
export function isConstraint(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT');
}
