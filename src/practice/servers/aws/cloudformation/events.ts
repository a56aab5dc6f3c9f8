import { DAY } from '../../../../model/instant.ts';
import { offsetIn, tokenFor } from '../paging.ts';
import type { QueryCall } from '../protocol.ts';
import { isoTime, type XmlFields } from '../xml.ts';
import { invalidToken, stackNamed } from './find.ts';

const PAGE = 100;
/** "Events … for the past 90 days": API reference of DescribeStackEvents. */
const REMEMBERED = 90 * DAY;

/** Newest first. The token counts from the oldest event, so events that happen between two pages shift nothing. */
export function describeStackEvents({ world, input }: QueryCall): XmlFields {
  const stack = stackNamed(world.state, input.text('StackName'));
  const { events } = stack;
  const token = input.text('NextToken');
  const end = token === null ? events.length : offsetIn(token);
  if (end === null || end > events.length) throw invalidToken();
  const forgotten = world.now() - REMEMBERED;
  const start = Math.max(end - PAGE, 0);
  const page = events
    .slice(start, end)
    .filter(({ at }) => at >= forgotten)
    .reverse();
  const more = start > 0 && page.length === end - start;
  return {
    StackEvents: page.map((event) => ({
      StackId: stack.id,
      EventId: event.id,
      StackName: stack.name,
      LogicalResourceId: event.logicalId,
      PhysicalResourceId: event.physicalId,
      ResourceType: event.type,
      Timestamp: isoTime(event.at),
      ResourceStatus: event.status,
      ResourceStatusReason: event.reason,
      ResourceProperties: event.properties,
      ClientRequestToken: event.token,
    })),
    NextToken: more ? tokenFor(start) : undefined,
  };
}
