import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { ProgrammingError } from './programming-error.ts';
import type { SqlScalar, SqlValue, SqlValues } from './sql-value.ts';

/** Runs a statement that answers rows. */
export async function selectRows<R extends object>(
  sequelize: Sequelize,
  sql: string,
  values: SqlValues | undefined,
  handle?: Transaction,
): Promise<R[]> {
  try {
    return await sequelize.query<R>(sql, { type: QueryTypes.SELECT, raw: true, ...optionsOf(values, handle) });
  } catch (error) {
    throw unwrapped(error);
  }
}

/** Runs a statement that changes rows; answers how many it changed. */
export async function changeRows(
  sequelize: Sequelize,
  sql: string,
  values: SqlValues | undefined,
  handle?: Transaction,
): Promise<number> {
  try {
    // Of Sequelize's types only UPDATE gives the affected rows for INSERT, UPDATE and DELETE alike.
    const [, changed] = await sequelize.query(sql, { type: QueryTypes.UPDATE, ...optionsOf(values, handle) });
    return changed;
  } catch (error) {
    throw unwrapped(error);
  }
}

function optionsOf(values: SqlValues | undefined, handle: Transaction | undefined) {
  return {
    ...(values === undefined ? {} : { replacements: replacementsOf(values) }),
    ...(handle === undefined ? {} : { transaction: handle }),
  };
}

function replacementsOf(values: SqlValues): unknown[] | Record<string, unknown> {
  if (isList(values)) return values.map(literalOf);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, literalOf(value)]));
}

function isList(values: SqlValues): values is readonly SqlValue[] {
  return Array.isArray(values);
}

// Sequelize writes a Date without its milliseconds.
function literalOf(value: SqlValue): unknown {
  if (isNested(value)) return value.map((inner) => literalOf(inner));
  return value instanceof Date ? value.toISOString().replace('T', ' ').slice(0, 23) : value;
}

function isNested(value: SqlValue): value is readonly SqlScalar[] | readonly (readonly SqlScalar[])[] {
  return Array.isArray(value);
}

function unwrapped(error: unknown): unknown {
  const parent: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'parent') : undefined;
  return parent instanceof ProgrammingError ? parent : error;
}
