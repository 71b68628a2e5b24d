import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder as folderOf } from '@onsale/local';
import type { Stage } from '../../campaign/stage.ts';
import { mysqlOf } from '../../injections/mysql/mysql-of.ts';

/** Kills the primary and removes all that it had. */
export async function losePrimary(stage: Pick<Stage, 'platform' | 'dataFolder'>): Promise<void> {
  const { primary } = mysqlOf(stage);
  await primary.kill();
  rmSync(join(folderOf(stage.dataFolder).servers, primary.name), { recursive: true });
}
