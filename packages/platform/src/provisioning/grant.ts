import type { DatabaseUser, ProvisionTarget } from './provision-target.ts';

/** Gives the rights; those that the user has already stay. */
export async function grant(target: ProvisionTarget, rights: string, on: string, to: DatabaseUser): Promise<void> {
  await target.query(`GRANT ${rights} ON ${on} TO ?@?`, [to.user, target.accountHost]);
}
