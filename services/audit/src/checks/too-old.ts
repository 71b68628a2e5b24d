/** Says how many rows are older than what is kept of them elsewhere, if any are. */
export function tooOld(count: number | undefined, what: string, since: Date): string[] {
  return count
    ? [`${count} ${what} from before ${since.toISOString()} not judged: their counterpart may be purged`]
    : [];
}
