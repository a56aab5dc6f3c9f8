import { alreadyThere } from './already-there.ts';
import { capacity, scalingProcesses } from './capacity.ts';
import { changeSetScope } from './change-set-scope.ts';
import { contracts } from './contracts.ts';
import type { Judge, Judgement, RollbackFacts } from './facts.ts';
import { healthyBefore } from './healthy-before.ts';
import { identity } from './identity.ts';
import { imageExists } from './image-exists.ts';
import { migrations } from './migrations.ts';
import { pipeline } from './pipeline.ts';
import { previousValues } from './previous-values.ts';
import { roleAndCapabilities } from './role-and-capabilities.ts';
import { sameImage } from './same-image.ts';
import { signalsDeadline } from './signals-deadline.ts';
import { stackStatus } from './stack-status.ts';
import { takenBack } from './taken-back.ts';
import { templateUnchanged } from './template-unchanged.ts';
import { token } from './token.ts';
import { verification } from './verification.ts';
import { zone } from './zone.ts';

/** In the order in which a person wants to read them. */
export const judges: readonly Judge[] = [
  identity,
  stackStatus,
  alreadyThere,
  imageExists,
  sameImage,
  healthyBefore,
  zone,
  takenBack,
  pipeline,
  previousValues,
  templateUnchanged,
  changeSetScope,
  capacity,
  scalingProcesses,
  signalsDeadline,
  migrations,
  contracts,
  roleAndCapabilities,
  token,
  verification,
];

/** Of a change set, which a pipeline makes for itself. */
const OF_A_CHANGE_SET: readonly Judge[] = [previousValues, changeSetScope, roleAndCapabilities];

export function judge(facts: RollbackFacts): readonly Judgement[] {
  const left = facts.pipeline === null ? [pipeline] : OF_A_CHANGE_SET;
  return judges.filter((each) => !left.includes(each)).map((each) => each(facts));
}
