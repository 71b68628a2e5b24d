import { run } from '@onsale/platform/service';
import { bestsellerService } from './service.ts';

await run(bestsellerService);
