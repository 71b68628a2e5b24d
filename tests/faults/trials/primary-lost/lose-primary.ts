import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder as folderOf } from '@onsale/local';
import type { MysqlPair } from '@onsale/local-servers';
import type { Stage } from '../../campaign/stage.ts';

export function pairOf({
  platform,
}: Pick<Stage, 'platform'>): Required<Pick<MysqlPair, 'primary' | 'replica'>> & MysqlPair {
  const { mysql } = platform.servers;
  if (mysql?.replica === undefined) throw new Error('the platform has no MySQL pair');
  return { ...mysql, replica: mysql.replica };
}

/** Kills the primary and removes all that it had. */
export async function losePrimary(stage: Pick<Stage, 'platform' | 'dataFolder'>): Promise<void> {
  const { primary } = pairOf(stage);
  await primary.kill();
  rmSync(join(folderOf(stage.dataFolder).servers, primary.name), { recursive: true });
}
