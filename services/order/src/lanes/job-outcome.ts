/** What became of one job. */
export type JobOutcome<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly error: Error };

/** Decides jobs together; answers in their order, with nothing for a job of which nothing is known. */
export type DecideJobs<Job, Answer> = (jobs: readonly Job[]) => Promise<readonly (JobOutcome<Answer> | undefined)[]>;

/** Each with the outcome of its job; a failure of the whole is each one's. Never rejects. */
export async function decideAll<Member extends { readonly job: Job }, Job, Answer>(
  members: readonly Member[],
  decide: DecideJobs<Job, Answer>,
): Promise<[Member, JobOutcome<Answer> | undefined][]> {
  try {
    const outcomes = await decide(members.map(({ job }) => job));
    return members.map((member, index) => [member, outcomes[index]]);
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return members.map((member) => [member, { kind: 'refused', error }]);
  }
}
