import { LeadLostError } from '../election/lead-lost-error.ts';
import type { DedicatedConnection } from './dedicated-connection.ts';

type Work = (signal: AbortSignal, connection: DedicatedConnection) => Promise<void>;

/**
 * A session may be silent for 30 seconds, and a statement fails after 10: so a leader that is cut off knows it before
 * the server gives its lock away.
 */
const pingEveryMs = 2000;

/**
 * Runs the work with a signal that aborts when the given one does or when the connection ends, and waits for its end.
 * @throws what the work threw, or LeadLostError when the connection was lost
 */
export async function keepLead(connection: DedicatedConnection, signal: AbortSignal, work: Work): Promise<void> {
  const lost = new AbortController();
  const lose = (cause?: unknown) => {
    if (lost.signal.aborted) return;
    lost.abort(new LeadLostError('the connection that held the lead was lost', { cause }));
    connection.destroy();
  };
  void connection.ended.then(() => lose());
  const shared = oneAtATime(connection);
  const timer = setInterval(() => {
    // A statement under way tells as much as a ping: it fails when the connection does.
    if (shared.idle()) pingPrimary(shared.connection).catch(lose);
  }, pingEveryMs);
  try {
    await work(AbortSignal.any([signal, lost.signal]), shared.connection);
  } catch (error) {
    if (!lost.signal.aborted) throw error;
  } finally {
    clearInterval(timer);
  }
  lost.signal.throwIfAborted();
}

/** Work that finds nothing to do on a deposed server would never be refused, and lead there for ever. */
async function pingPrimary(connection: DedicatedConnection): Promise<void> {
  const [row] = await connection.rows<{ readOnly: number }>('SELECT @@GLOBAL.read_only AS readOnly');
  if (row?.readOnly === 1) throw new Error('its server is no longer the primary');
}

/** The connection refuses a statement while another runs: here they wait for each other. */
function oneAtATime(connection: DedicatedConnection): { connection: DedicatedConnection; idle(): boolean } {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  const queued = async <T>(statement: () => Promise<T>): Promise<T> => {
    waiting += 1;
    const turn = last.then(statement);
    last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  };
  return {
    idle: () => waiting === 0,
    connection: {
      rows: (sql, values) => queued(() => connection.rows(sql, values)),
      change: (sql, values) => queued(() => connection.change(sql, values)),
      ended: connection.ended,
      destroy: connection.destroy,
    },
  };
}
