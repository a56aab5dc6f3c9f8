import { type JsonService, reading } from '../protocol.ts';
import { describeAlarms, listTagsForResource } from './alarms.ts';
import { getMetricData } from './metric-data.ts';

/** Amazon CloudWatch, API version 2010-08-01, in JSON 1.0, which follows its older Query protocol; it is only read. */
export const cloudWatch: JsonService = {
  name: 'cloudwatch',
  target: 'GraniteServiceVersion20100801',
  followsQuery: true,
  operations: {
    DescribeAlarms: reading(describeAlarms),
    GetMetricData: reading(getMetricData),
    ListTagsForResource: reading(listTagsForResource),
  },
};
