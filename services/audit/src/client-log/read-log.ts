import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AuditError } from '../snapshot/audit-error.ts';
import { failureOf } from '../snapshot/failure-of.ts';
import { type LogLine, logLine } from './log-line.ts';

function parse(line: string, where: string): LogLine {
  try {
    return logLine.parse(JSON.parse(line));
  } catch (error) {
    throw new AuditError(`${where} is not a line of a client's log`, { cause: error });
  }
}

/** The text of the file, piece by piece, as it is asked for. */
async function* textOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  // What fails in the pipeline fails the last stream as well, which is read here.
  const input = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file;
  try {
    for await (const piece of input.setEncoding('utf8')) yield String(piece);
  } catch (error) {
    throw failureOf(`cannot read ${path}`, error);
  }
}

/**
 * Reads the log line by line, no more of it at a time than is asked for; one that is called `.gz` is unpacked on the way.
 * @throws AuditError naming the file, and the line that cannot be read
 */
export async function* readLog(path: string): AsyncGenerator<LogLine> {
  let number = 0;
  let rest = '';
  for await (const piece of textOf(path)) {
    const lines = `${rest}${piece}`.split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      number += 1;
      if (line.trim() !== '') yield parse(line, `${path}:${number}`);
    }
  }
  if (rest.trim() !== '') yield parse(rest, `${path}:${number + 1}`);
}
