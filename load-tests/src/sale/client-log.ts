import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { LogLine } from './log-line.ts';

export interface ClientLog {
  write(line: LogLine): void;
  close(): Promise<void>;
}

/** What the clients asked and heard, one JSON object a line. */
export function openClientLog(file: string): ClientLog {
  const stream = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  // Kept for close: a disk that is full ends the sale with its reason, not with an uncaught error.
  const failed = once(stream, 'error').then(([error]: unknown[]) => Promise.reject(error));
  failed.catch(() => undefined);
  return {
    write(line) {
      stream.write(`${JSON.stringify(line)}\n`);
    },
    async close() {
      stream.end();
      await Promise.race([once(stream, 'close'), failed]);
    },
  };
}
