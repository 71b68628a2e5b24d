import type { Ask } from '../../../load-tests/src/sale/client.ts';
import type { LogLine } from '../../../load-tests/src/sale/log-line.ts';

/** What somebody asks under one key, until told. */
export interface Request {
  readonly kind: LogLine['kind'];
  /** Number of the seeded user; 0 is the admin. */
  readonly buyer: number;
  readonly userId: string;
  readonly key: string;
  readonly ask: Ask;
  /** What was asked, as the history tells it. */
  readonly body: object;
}
