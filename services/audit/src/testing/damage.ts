import type { ToldMessage } from './told-topics.ts';

/** One damage, and the one check that must find it. */
export interface Damage {
  readonly check: string;
  readonly damage: string;
  /** Where the statements run; the commerce schema unless told. */
  readonly schema?: 'auth' | 'dataPlatform';
  /** Everything is emptied first. */
  readonly clear?: boolean;
  /** Of a faulty writer: what was told of the rows goes on to the topics, the inbox and the data platform. */
  readonly statements?: readonly string[];
  /** After that: nothing follows. */
  readonly lastly?: readonly string[];
  /** What becomes of the messages in the topics. */
  readonly messages?: (messages: readonly ToldMessage[]) => readonly ToldMessage[];
  /** Redis commands on today's `ranking` and `versions`. */
  readonly ranking?: readonly (readonly [command: string, key: 'ranking' | 'versions', ...rest: string[]])[];
  /** The report's rows name this. */
  readonly named: string;
}
