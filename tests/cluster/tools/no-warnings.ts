/** Looks through what helm or kubectl passed on from the API server. @throws Error when Pod Security or another warned */
export function noWarnings(stderr: string): void {
  const warnings = stderr
    .split('\n')
    .filter((line) => /^\s*(Warning:|W\d{4} .*warning)|violate PodSecurity/i.test(line));
  if (warnings.length > 0) throw new Error(`the cluster warned:\n${warnings.join('\n')}`);
}
