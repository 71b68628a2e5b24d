import type { Database } from '@onsale/platform/database';
import type { Day } from '../domain/day.ts';
import { pageOfStatistics, type Statistic } from '../persistence/statistics.ts';

const PAGE = 1_000;

/** A day's statistics as the primary has them, page by page. */
export async function* statisticsPages(database: Database, day: Day): AsyncIterable<Statistic[]> {
  let after = '';
  for (;;) {
    const page = await database.readPrimary((reading) => pageOfStatistics(reading, day, after, PAGE));
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    if (page.length < PAGE) return;
    after = last.productId;
  }
}
