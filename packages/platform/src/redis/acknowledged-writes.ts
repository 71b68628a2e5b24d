import type { Redis } from 'ioredis';
import { type Commit, parseGtid } from './gtid.ts';

/** Witness of the commits that somebody was told of: the highest of each server, by the server's uuid. */
export interface AcknowledgedWrites {
  /**
   * Sends the note before it returns, so before anybody is told, and waits for no answer. A note that Redis has
   * not taken is sent again when it is back.
   */
  note(gtid: string | undefined): void;
  /**
   * The number of the highest commit noted for this server; undefined when none is.
   * @throws when Redis does not answer
   */
  highestOf(sourceUuid: string): Promise<number | undefined>;
}

const key = 'acknowledged-writes';

/** Kept in the Redis of locks, which evicts nothing. */
export function createAcknowledgedWrites(redis: Redis): AcknowledgedWrites {
  let last: Commit | undefined;
  const send = ({ source, number }: Commit) => {
    // Commits are noted in any order, by any process: the higher number stays.
    redis.zadd(key, 'GT', number, source).catch(() => undefined);
  };
  // It may have been away, or come back empty or old: what it is to know it is told again.
  redis.on('ready', () => {
    if (last !== undefined) send(last);
  });
  return {
    note(gtid) {
      const commit = gtid === undefined ? undefined : parseGtid(gtid);
      if (commit === undefined) return;
      // Of one server the higher one; of another server the new one, for the old one is the primary no more.
      if (last?.source !== commit.source || commit.number > last.number) last = commit;
      send(commit);
    },
    async highestOf(sourceUuid) {
      const score = await redis.zscore(key, sourceUuid);
      return score === null ? undefined : Number(score);
    },
  };
}
