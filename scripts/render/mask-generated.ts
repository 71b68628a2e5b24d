const mask = '<generated>';

/**
 * A rendering without what is generated anew each time (passwords, keys): where the same chart, rendered twice, gives
 * different lines, the value is masked.
 * @throws when the two are not the same line by line but for values
 */
export function maskGenerated(one: string, other: string): string {
  const lines = one.split('\n');
  const others = other.split('\n');
  if (lines.length !== others.length) {
    throw new Error(`rendered twice, the chart has ${lines.length} and ${others.length} lines: that cannot be masked`);
  }
  return lines.map((line, index) => (line === others[index] ? line : masked(line, others[index] ?? ''))).join('\n');
}

function masked(line: string, other: string): string {
  const key = /^(\s*(?:- )?[^\s:#]+:\s+)\S/.exec(line)?.[1] ?? /^\s*/.exec(line)?.[0] ?? '';
  if (!other.startsWith(key)) throw new Error(`rendered twice, the chart differs by more than a value: ${line.trim()}`);
  return `${key}${mask}`;
}
