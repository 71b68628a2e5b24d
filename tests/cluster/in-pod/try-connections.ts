import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';

// Run in a pod: which of the addresses take a connection from there. Prints JSON.

const targets: readonly { host: string; port: number }[] = JSON.parse(process.argv[1] ?? '[]');

/** Refused at once, or dropped: a policy is meant to look the same as a server that is not there. */
async function connects({ host, port }: { host: string; port: number }): Promise<boolean> {
  // Apart from the connection, so that slow names are not taken for a refusal.
  const { address } = await lookup(host, 4);
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.setTimeout(5_000, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

console.log(JSON.stringify(await Promise.all(targets.map(connects))));
