import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';

const lowest = 10_000;
const highest = 32_000;

/** The range from which the kernel gives ports to outgoing connections; a port in it may be taken at any moment. */
export function parseEphemeralRange(text: string): { from: number; to: number } {
  const [from = 32_768, to = 60_999] = text.trim().split(/\s+/).map(Number);
  return { from, to };
}

function ephemeralRange(): { from: number; to: number } {
  try {
    return parseEphemeralRange(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8'));
  } catch {
    return { from: 32_768, to: 60_999 };
  }
}

/** Every port worth trying once, from a random start. */
export function* candidatePorts(
  ephemeral = ephemeralRange(),
  random: (below: number) => number = (below) => randomInt(below),
): Generator<number, void, void> {
  const size = highest - lowest;
  const start = random(size);
  for (let step = 0; step < size; step++) {
    const port = lowest + ((start + step) % size);
    if (port < ephemeral.from || port > ephemeral.to) yield port;
  }
}
