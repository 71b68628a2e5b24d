import { run } from '@onsale/platform/service';
import { pointService } from './service.ts';

await run(pointService);
