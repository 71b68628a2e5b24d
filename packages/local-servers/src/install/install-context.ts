/** What every look for, or installation of, a program needs to know. */
export interface InstallContext {
  cacheFolder: string;
  searchPath: readonly string[];
  /** What the programs that install are given. */
  environment: Record<string, string>;
  isRoot: boolean;
  signal: AbortSignal;
  report(line: string): void;
}
