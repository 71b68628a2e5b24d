const factors: Readonly<Record<string, number>> = {
  '': 1,
  m: 0.001,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** A quantity of Kubernetes as a number: cores, bytes or pieces. @throws when it is none */
export function quantity(value: unknown): number {
  const [, number, suffix = ''] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(String(value)) ?? [];
  const factor = factors[suffix];
  if (number === undefined || factor === undefined) throw new Error(`${String(value)} is no quantity`);
  return Number(number) * factor;
}
