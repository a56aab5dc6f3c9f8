import { type QueryService, reading } from '../protocol.ts';
import { describeInstanceHealth } from './instance-health.ts';
import { describeTargetHealth } from './target-health.ts';

/**
 * Elastic Load Balancing, API version 2015-12-01 (target groups). It shares its endpoint with the classic one: the
 * `Version` of a request tells which is meant.
 */
export const loadBalancing: QueryService = {
  name: 'elasticloadbalancing',
  version: '2015-12-01',
  namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  variant: 'query',
  operations: { DescribeTargetHealth: reading(describeTargetHealth) },
};

/** Classic load balancers: API version 2012-06-01. */
export const classicLoadBalancing: QueryService = {
  name: 'elasticloadbalancing',
  version: '2012-06-01',
  namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/',
  variant: 'query',
  operations: { DescribeInstanceHealth: reading(describeInstanceHealth) },
};
