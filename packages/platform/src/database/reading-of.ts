import type { Sequelize, Transaction } from 'sequelize';
import type { Reading } from './database.ts';
import { selectRows } from './statements.ts';

/** Reads through a pool, or on one connection of it when a handle is given. */
export function readingOf<M>(sequelize: Sequelize, models: M, handle?: Transaction): Reading<M> {
  return {
    sequelize,
    models,
    ...(handle === undefined ? {} : { handle }),
    rows: (sql, values) => selectRows(sequelize, sql, values, handle),
  };
}
