import type { ServerResponse } from 'node:http';

/** Makes answers say `Connection: close` once the server is draining, those already being worked on included. */
export interface Farewell {
  greet(response: ServerResponse): void;
  start(): void;
}

/** A client that kept its connection would find it closed under its next request; so it is told in time. */
export function createFarewell(): Farewell {
  const open = new Set<ServerResponse>();
  let draining = false;
  const sayClose = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  return {
    greet(response) {
      if (draining) return sayClose(response);
      open.add(response);
      response.once('close', () => open.delete(response));
    },
    start() {
      draining = true;
      for (const response of open) sayClose(response);
      open.clear();
    },
  };
}
