import { run } from '@onsale/platform/service';
import { countingService } from './counting-service.ts';

await run(countingService);
