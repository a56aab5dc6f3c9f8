import { randomUUID } from 'node:crypto';
import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer } from '../server.ts';
import { authenticator, type Caller } from './auth.ts';
import { autoScaling } from './auto-scaling/index.ts';
import { cloudFormation } from './cloudformation/index.ts';
import { cloudWatch } from './cloudwatch/index.ts';
import { ec2 } from './ec2/index.ts';
import { ecr } from './ecr.ts';
import { authError, type Dialect, deniedError, throttledError } from './errors.ts';
import { JsonInput } from './json.ts';
import { isLayerRequest, layerAnswer } from './layer-storage.ts';
import { classicLoadBalancing, loadBalancing } from './load-balancing/index.ts';
import { logs } from './logs.ts';
import { AwsError, type JsonService, type QueryService } from './protocol.ts';
import { QueryParams } from './query.ts';
import { awsSetup } from './setup.ts';
import { sts } from './sts.ts';
import { GENEROUS, type ThrottleOptions, tokenBucket } from './throttle.ts';
import { type XmlFields, xml } from './xml.ts';

const QUERY_SERVICES: readonly QueryService[] = [
  sts,
  autoScaling,
  ec2,
  cloudFormation,
  loadBalancing,
  classicLoadBalancing,
];
const JSON_SERVICES: readonly JsonService[] = [ecr, logs, cloudWatch];

/** One request, understood: whose it is and what it asks. */
type Request =
  | {
      readonly kind: 'query';
      readonly action: string;
      readonly form: URLSearchParams;
      readonly service: QueryService | null;
    }
  | {
      readonly kind: 'json';
      readonly action: string;
      readonly body: Buffer;
      readonly service: JsonService | null;
    };

type Body = string | AsyncIterable<Buffer>;

/** All of the practice world's AWS on one endpoint; each service is told by its API version or its JSON target. */
export function awsServer(throttle: ThrottleOptions = GENEROUS): PracticeServer {
  const authenticate = authenticator();
  const takeToken = tokenBucket(throttle);

  function answer(request: Request, raw: PracticeRequest, world: World, requestId: string): Body {
    const dialect = dialectOf(request);
    if (!takeToken()) throw throttledError(dialect);
    const authentication = authenticate(raw.headers, world);
    if (!authentication.ok) throw authError(dialect, authentication.failure);
    const { caller } = authentication;
    refuseUnlessAllowed(request, caller, dialect);
    if (request.kind === 'query') {
      const { service, action, form } = request;
      const operation = service?.operations[action];
      if (service === null || operation === undefined) {
        const version = form.get('Version') ?? '';
        throw new AwsError('InvalidAction', `Could not find operation ${action} for version ${version}`);
      }
      const input = new QueryParams(form, service.variant);
      return queryBody(
        service,
        action,
        operation.run({ world, input, caller, origin: raw.origin }),
        requestId,
      );
    }
    const call = { world, input: JsonInput.parse(request.body), caller, origin: raw.origin };
    const stream = request.service?.streams?.[request.action];
    if (stream !== undefined) return stream(call);
    const operation = request.service?.operations[request.action];
    if (operation === undefined) throw new AwsError('UnknownOperationException', '');
    return JSON.stringify(operation.run(call));
  }

  return {
    system: 'aws',
    setup: awsSetup,
    identify(raw): Operation {
      if (isLayerRequest(raw)) return { name: 'GetObject', mutation: false };
      const request = understand(raw);
      if (request.action === '') return { name: `${raw.method} ${raw.path}`, mutation: raw.method !== 'GET' };
      return { name: request.action, mutation: isMutation(request) };
    },
    handle(raw, world): PracticeAnswer {
      if (isLayerRequest(raw)) return layerAnswer(raw, world);
      const request = understand(raw);
      const requestId = randomUUID();
      const headers = { 'content-type': contentType(request), 'x-amzn-requestid': requestId };
      try {
        const body = answer(request, raw, world, requestId);
        if (typeof body !== 'string') headers['content-type'] = 'application/vnd.amazon.eventstream';
        return { status: 200, headers, body };
      } catch (thrown) {
        if (!(thrown instanceof AwsError)) throw thrown;
        const told = { ...headers, ...queryError(request, thrown) };
        return { status: thrown.status, headers: told, body: errorBody(request, thrown, requestId) };
      }
    },
  };
}

function understand({ method, headers, query, body }: PracticeRequest): Request {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const [prefix = '', action = ''] = target.split('.');
    const service = JSON_SERVICES.find((known) => known.target === prefix) ?? null;
    return { kind: 'json', action, body, service };
  }
  const form = method === 'POST' ? new URLSearchParams(body.toString('utf8')) : query;
  const version = form.get('Version');
  const service = QUERY_SERVICES.find((known) => known.version === version) ?? null;
  return { kind: 'query', action: form.get('Action') ?? '', form, service };
}

function isMutation({ service, action }: Request): boolean {
  return service?.operations[action]?.mutation ?? false;
}

function refuseUnlessAllowed(request: Request, caller: Caller, dialect: Dialect): void {
  if (caller.allows === 'all' || !isMutation(request)) return;
  throw deniedError(dialect, caller.arn, `${request.service?.name}:${request.action}`);
}

function dialectOf(request: Request): Dialect {
  return request.kind === 'json' ? 'json' : (request.service?.variant ?? 'query');
}

function contentType(request: Request): string {
  if (request.kind === 'query') return 'text/xml;charset=UTF-8';
  return `application/x-amz-json-${request.service?.followsQuery === true ? '1.0' : '1.1'}`;
}

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html, "awsQueryCompatible": code and fault in a header. */
function queryError(request: Request, { code, status }: AwsError): Record<string, string> {
  if (request.kind === 'query' || request.service?.followsQuery !== true) return {};
  return { 'x-amzn-query-error': `${code};${status < 500 ? 'Sender' : 'Receiver'}` };
}

function queryBody(service: QueryService, action: string, result: XmlFields, requestId: string): string {
  const start = `<${action}Response xmlns="${service.namespace}">`;
  const end = `</${action}Response>`;
  if (service.variant === 'ec2')
    return `${start}<requestId>${requestId}</requestId>${xml(result, 'item')}${end}`;
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  return `${start}<${action}Result>${xml(result, 'member')}</${action}Result>${metadata}${end}`;
}

function errorBody(request: Request, { code, message, status }: AwsError, requestId: string): string {
  if (request.kind === 'json') return JSON.stringify({ __type: code, message });
  if (request.service?.variant === 'ec2') {
    const errors = xml({ Errors: { Error: { Code: code, Message: message } }, RequestID: requestId }, 'item');
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${errors}</Response>`;
  }
  const Type = status < 500 ? 'Sender' : 'Receiver';
  const body = xml({ Error: { Type, Code: code, Message: message }, RequestId: requestId }, 'member');
  return `<ErrorResponse xmlns="${request.service?.namespace ?? ''}">${body}</ErrorResponse>`;
}
