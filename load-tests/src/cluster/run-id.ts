/** Names a run: fit for a label, an Idempotency-Key and a file, and different from every other. */
export function runId(now: Date, random: () => number): string {
  const time = now
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z$/g, '')
    .replace('T', '-');
  return `${time}-${Math.floor(random() * 36 ** 4)
    .toString(36)
    .padStart(4, '0')}`;
}
