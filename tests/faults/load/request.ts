import type { Attempt } from '../../../load-tests/src/sale/ask-until-told.ts';
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

/** What a key is called wherever it is spoken of: one of each kind. */
export const nameOf = ({ kind, key }: Pick<Request, 'kind' | 'key'>): string => `${kind} ${key}`;

/** Whether the client itself gave up waiting in this attempt, so that it had no answer. */
export const hungUp = ({ ask }: Pick<Request, 'ask'>, { number }: Pick<Attempt, 'number'>): boolean =>
  number === 1 && ask.hangUpAfterMs !== undefined;
