import type { Client } from '../../../../load-tests/src/sale/client.ts';

/**
 * A client that goes by the first way, then by the next, and so round: whoever was cut off tries another instance. The
 * ways stay open when it is closed.
 */
export function inTurn(ways: readonly Client[]): Client {
  let turn = 0;
  return {
    send: (ask) => {
      const way = ways[turn++ % ways.length];
      if (way === undefined) throw new RangeError('there is no way to ask');
      return way.send(ask);
    },
    close: async () => undefined,
  };
}
