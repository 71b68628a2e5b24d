/** What a command ends with: a script can tell "there was nothing" from "it went wrong". */
export const exitCodes = { done: 0, nothingMatched: 1, broken: 1, failed: 2 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
