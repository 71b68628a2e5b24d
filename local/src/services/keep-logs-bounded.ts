import { boundLog } from './bound-log.ts';

const maxBytes = 32 * 1024 * 1024;
const everyMs = 5_000;

/** Looks after the logs until the returned function is called. */
export function keepLogsBounded(files: readonly string[]): () => void {
  const bound = () => {
    for (const file of files) boundLog(file, maxBytes);
  };
  bound();
  const timer = setInterval(bound, everyMs);
  return () => clearInterval(timer);
}
