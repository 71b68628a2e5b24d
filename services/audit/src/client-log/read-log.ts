import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { AuditError } from '../snapshot/audit-error.ts';
import { type LogLine, logLine } from './log-line.ts';

function parse(line: string, where: string): LogLine {
  try {
    return logLine.parse(JSON.parse(line));
  } catch (error) {
    throw new AuditError(`${where} is not a line of a client's log`, { cause: error });
  }
}

/**
 * Reads the log line by line.
 * @throws AuditError naming the file and line that cannot be read
 */
export async function* readLog(path: string): AsyncGenerator<LogLine> {
  const input = createReadStream(path);
  // A reader of lines says nothing when the file cannot be opened: the stream must be asked.
  const failed = new Promise<never>((_, reject) => {
    input.once('error', (error) => reject(new AuditError(`cannot read ${path}: ${error.message}`, { cause: error })));
  });
  failed.catch(() => undefined);
  const opened = new Promise<void>((resolve) => input.once('open', () => resolve()));
  await Promise.race([opened, failed]);
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() !== '') yield parse(line, `${path}:${number}`);
  }
}
