import type { TallyResult } from './tally.ts';

export interface SaleResult extends TallyResult {
  readonly scarceStock: number;
  /** Left of them on the server, after the sale. */
  readonly scarceLeft: number;
  readonly unresolved: number;
  readonly auditCode: number;
}

/** A promise, and what is to be said of it. */
export interface Promised {
  readonly kept: boolean;
  readonly text: string;
}

/** Every promise of a sale. */
export function judge(result: SaleResult): Promised[] {
  const soldByServer = result.scarceStock - result.scarceLeft;
  return [
    {
      kept: soldByServer === result.scarceStock && result.scarceSold === result.scarceStock,
      text: `${result.scarceStock} of the scarce product to sell: the clients hold ${result.scarceSold}, the shop sold ${soldByServer}`,
    },
    { kept: result.faults === 0, text: `${result.faults} answers with a 5xx that is no deliberate 503` },
    { kept: result.doubleEffects.length === 0, text: `${result.doubleEffects.length} keys with two effects` },
    { kept: result.unresolved === 0, text: `${result.unresolved} requests whose outcome stayed unknown` },
    {
      kept: result.auditCode === 0,
      text: `audit ${result.auditCode === 0 ? 'clean' : `exit code ${result.auditCode}`}`,
    },
  ];
}
