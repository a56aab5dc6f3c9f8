import type { DeployWay } from '../../model/catalog.ts';
import { throughPipeline } from './through-pipeline.ts';
import { throughStack } from './through-stack.ts';
import type { Way } from './way.ts';

export function wayOf(name: DeployWay): Way {
  return name === 'cloudformation' ? throughStack : throughPipeline(name);
}
