import { type ConnectionWatch, parallelStatement } from './connection-watch.ts';

/** The statements of one transaction, one after the other. */
export interface SerialStatements {
  readonly running: boolean;
  /** @throws ProgrammingError while another runs; the transaction is then not committed */
  run<T>(statement: () => Promise<T>): Promise<T>;
}

/** Sees a statement before Sequelize has taken it to the connection; there, the watch sees those of models. */
export function createSerialStatements(watch: ConnectionWatch): SerialStatements {
  let running = false;
  return {
    get running() {
      return running;
    },
    async run(statement) {
      if (running) {
        const error = parallelStatement();
        watch.doomed ??= error;
        throw error;
      }
      running = true;
      try {
        return await statement();
      } finally {
        running = false;
      }
    },
  };
}
