import type { PracticeStack } from '../../../world/state.ts';
import { templateParameters } from '../../../world/template.ts';
import { AwsError, validationError } from '../protocol.ts';
import type { QueryParams } from '../query.ts';

/** What an UpdateStack or CreateChangeSet asks for, with every previous value filled in. */
export interface Wish {
  readonly parameters: Record<string, string>;
  /** null: the stack keeps its tags. */
  readonly tags: Record<string, string> | null;
  readonly template?: string;
}

/** Reads template, parameters, tags and capabilities as both operations take them. */
export function wishOf(stack: PracticeStack, input: QueryParams): Wish {
  const template = templateOf(stack, input);
  const parameters = parametersOf(stack, template, input);
  refuseWithoutCapabilities(stack, input);
  const tags = input.has('Tags')
    ? Object.fromEntries(input.list('Tags').map((tag) => [tag.text('Key') ?? '', tag.text('Value') ?? '']))
    : null;
  return { parameters, tags, ...(template === stack.template ? {} : { template }) };
}

function templateOf(stack: PracticeStack, input: QueryParams): string {
  const body = input.text('TemplateBody');
  const url = input.text('TemplateURL');
  const previous = input.flag('UsePreviousTemplate');
  if (previous && (body !== null || url !== null)) {
    throw validationError('You cannot specify both usePreviousTemplate and Template Body/Template URL.');
  }
  if (previous) return stack.template;
  if (url !== null) throw validationError('S3 error: Access Denied');
  if (body !== null) return body;
  throw validationError('Either Template URL or Template Body must be specified.');
}

function parametersOf(stack: PracticeStack, template: string, input: QueryParams): Record<string, string> {
  const declared = templateParameters(template);
  if (declared === null) throw validationError('Template format error: unsupported structure.');
  const given = new Map(input.list('Parameters').map((one) => [one.text('ParameterKey') ?? '', one]));
  const unknown = [...given.keys()].filter((key) => !Object.hasOwn(declared, key));
  if (unknown.length > 0) {
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
  const values: Record<string, string> = {};
  const missing: string[] = [];
  for (const [key, { Default }] of Object.entries(declared)) {
    const value = givenValue(key, given.get(key), stack) ?? Default;
    if (value === undefined) missing.push(key);
    else values[key] = value;
  }
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  return values;
}

function givenValue(key: string, given: QueryParams | undefined, stack: PracticeStack): string | undefined {
  if (given === undefined) return undefined;
  const value = given.text('ParameterValue');
  if (!given.flag('UsePreviousValue')) return value ?? undefined;
  if (value !== null && value !== '') {
    throw validationError(
      `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
    );
  }
  const previous = stack.parameters[key];
  if (previous !== undefined) return previous;
  throw validationError(
    `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
  );
}

function refuseWithoutCapabilities(stack: PracticeStack, input: QueryParams): void {
  const given = new Set(input.strings('Capabilities'));
  // The stronger acknowledgement includes the weaker one.
  if (given.has('CAPABILITY_NAMED_IAM')) given.add('CAPABILITY_IAM');
  const missing = stack.capabilities.filter((capability) => !given.has(capability));
  if (missing.length === 0) return;
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`);
}
