import type { Anchor, Note } from './anchor.ts';

const ATTEMPT = 'packages/platform/src/database/transaction-attempt.ts';
const IDEMPOTENT = 'packages/platform/src/database/idempotent.ts';

const anchor = (
  step: string,
  expression: string,
  spot: { file: string; place: Anchor['place']; text: string },
): Anchor => ({ ...spot, step, of: { by: 'transaction', expression } });

const COMMIT = 'await commit(handle, pool.sequelize);';

/** The statement goes to the socket in the call itself, so that the server has it whatever becomes of this process. */
const STATEMENT = `return Reflect.apply(original, connection, [
        ...given.slice(0, -1),
        limited(connection, watch, options, callback),
      ]);`;

/** The steps of every transaction, and of every request that is answered once. */
export const transactionAnchors: readonly Anchor[] = [
  anchor('transaction begun', 'name', {
    file: ATTEMPT,
    place: 'after',
    text: 'const handle = await pool.sequelize.transaction();',
  }),
  anchor('before COMMIT', 'name', { file: ATTEMPT, place: 'before', text: COMMIT }),
  anchor('COMMIT sent', "textOf(given[0]) === 'COMMIT' ? Reflect.get(watch, 'committing') : ''", {
    file: 'packages/platform/src/database/connection-watch.ts',
    place: 'behind',
    text: STATEMENT,
  }),
  anchor('COMMIT answered', 'name', { file: ATTEMPT, place: 'after', text: COMMIT }),
  anchor('key looked up', 'options.name', {
    file: IDEMPOTENT,
    place: 'before',
    text: 'const identity = identityOf(request);',
  }),
  anchor('marked', 'options.name', {
    file: IDEMPOTENT,
    place: 'after',
    text: 'if (!ours.has(identity)) throw inProgress();',
  }),
  anchor('key locked', 'tx.name', { file: IDEMPOTENT, place: 'before', text: 'const answer = await work(tx);' }),
  anchor('answer stored', 'tx.name', {
    file: IDEMPOTENT,
    place: 'after',
    text: 'await storeAnswers(tx, [{ ...answer, request }]);',
  }),
  anchor('before the mark goes', 'options.name', {
    file: IDEMPOTENT,
    place: 'before',
    text: 'await inFlight.end([identity]);',
  }),
  anchor('mark gone', 'options.name', { file: IDEMPOTENT, place: 'after', text: 'await inFlight.end([identity]);' }),
  anchor('balances changed', 'tx.name', {
    file: 'services/point/src/persistence/post-entries.ts',
    place: 'before',
    text: 'await tx.change(\n    `INSERT INTO point_entries',
  }),
];

/** Where COMMIT is sent nobody knows whose it is: its connection carries the name there. */
export const transactionNotes: readonly Note[] = [
  { file: ATTEMPT, place: 'before', text: COMMIT, code: "Reflect.set(watch, 'committing', name);" },
];
