export type { Candidacy, Election, Lead } from './election.ts';
export { type ElectionConfig, electionConfig } from './election-config.ts';
export { openElection } from './open-election.ts';
