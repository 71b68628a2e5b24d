import { reservePorts } from '@onsale/local-servers/processes';

/**
 * A port that nothing listened on a moment ago, and that the kernel gives to nobody who connects: so it can also be left
 * and taken again.
 */
export async function freePort(): Promise<number> {
  const ports = await reservePorts([{ name: 'a test' }]);
  await ports.release();
  return ports.port('a test');
}
