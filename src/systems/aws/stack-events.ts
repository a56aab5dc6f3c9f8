import type { StackEvent as VendorEvent } from '@aws-sdk/client-cloudformation';
import { safeText } from '../../model/safe-text.ts';
import type { StackEvent } from '../../model/stack.ts';

/** A stack's event with what a deploy's history is read from. */
export interface HistoryEvent extends StackEvent {
  readonly stackId: string | undefined;
  /** About the stack itself, not about one of its resources or a nested stack. */
  readonly ofStack: boolean;
  /** The vendor's status, for comparing; `status` is for showing. */
  readonly rawStatus: string;
  /** Of the resource; null: none is made yet. */
  readonly physicalId: string | null;
  /** JSON text; kept only for the resources that tell a version, else null. */
  readonly properties: string | null;
}

/** User data has at most 16 KB; in base64, with what else a launch template says, this is plenty. */
const MAX_PROPERTIES = 64 * 1024;
const LAUNCH_TYPES = new Set(['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration']);
const GROUP_TYPE = 'AWS::AutoScaling::AutoScalingGroup';

/** null: an event without id, time or status cannot be placed. */
export function decodeEvent(event: VendorEvent): HistoryEvent | null {
  const { EventId: id, Timestamp: at, ResourceStatus: status, ResourceType: type = '' } = event;
  if (id === undefined || at === undefined || status === undefined || Number.isNaN(at.getTime())) return null;
  const properties = event.ResourceProperties;
  const telling = isLaunch(type) || type === GROUP_TYPE;
  return {
    id,
    at: at.getTime(),
    resource: safeText(event.LogicalResourceId),
    resourceType: safeText(type),
    status: safeText(status),
    rawStatus: status,
    reason: event.ResourceStatusReason === undefined ? null : safeText(event.ResourceStatusReason),
    token: event.ClientRequestToken === undefined ? null : safeText(event.ClientRequestToken),
    stackId: event.StackId,
    ofStack: event.PhysicalResourceId !== undefined && event.PhysicalResourceId === event.StackId,
    physicalId: event.PhysicalResourceId || null,
    properties:
      telling && properties !== undefined && properties.length <= MAX_PROPERTIES ? properties : null,
  };
}

export function isLaunch(type: string): boolean {
  return LAUNCH_TYPES.has(type);
}

export function isGroup(type: string): boolean {
  return type === GROUP_TYPE;
}

/** Statuses of a stack with which an operation on it begins. */
const STARTS = new Set(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS']);

/**
 * Whether an operation may begin with this event. A macro's transformation repeats the status within one operation,
 * so `updates.ts` asks too whether the one before has ended.
 */
export function mayStart(event: HistoryEvent): boolean {
  return event.ofStack && STARTS.has(event.rawStatus);
}

/** Whether a stack's operation is over with this status (UPDATE_ROLLBACK_FAILED: until it is continued). */
export function isEnd(event: HistoryEvent): boolean {
  return event.ofStack && /_(COMPLETE|FAILED)$/.test(event.rawStatus);
}
