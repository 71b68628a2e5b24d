import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appProcesses } from './support/app-process.ts';
import { chartSuite } from './support/chart-suite.ts';
import { policyProblems } from './support/policy-problems.ts';
import { processConfigs } from './support/process-configs.ts';
import { createProfiles, type Profile, profileNames } from './support/profiles.ts';
import { addressProblems, environmentProblems, provisionedUsers, userProblems } from './support/wiring-problems.ts';

/** Renders each profile whole, and follows every variable, address, user and connection to where it leads. */
chartSuite('the wiring', () => {
  const profiles = createProfiles(process.env.BITNAMI_CHARTS || undefined);
  const folder = mkdtempSync(join(tmpdir(), 'onsale-wiring-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each(profileNames)('of the profile %s', (name) => {
    let profile: Profile;
    beforeAll(async () => {
      profile = await profiles.render(name);
    });
    const processes = () => appProcesses(profile.manifests);

    it('has every program that there is', () => {
      const missing = Object.keys(processConfigs).filter(
        (program) => !profile.without.includes(program) && !processes().some((process) => process.program === program),
      );
      expect(missing).toEqual([]);
    });

    it('gives every program an environment that it takes, and nothing else', () => {
      expect(processes().flatMap((process) => environmentProblems(process, profile.manifests, folder))).toEqual([]);
    });

    it('names addresses behind which there is something', () => {
      expect(processes().flatMap((process) => addressProblems(process, profile.manifests, profile))).toEqual([]);
    });

    it('names users that are made, with the passwords they are made with', () => {
      const provision = processes().find(({ program }) => program === 'operations/src/provision.ts');
      const users = provision ? provisionedUsers(provision, profile.manifests) : profile.users;
      expect(processes().flatMap((process) => userProblems(process, users))).toEqual([]);
    });

    it('lets every connection through its policies, on both sides', () => {
      expect(processes().flatMap((process) => policyProblems(process, profile.manifests, profile))).toEqual([]);
    });
  });
});
