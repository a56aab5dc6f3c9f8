import { templateParameters } from '../../../world/template.ts';
import { type QueryCall, validationError } from '../protocol.ts';
import type { XmlFields } from '../xml.ts';
import { changeSetNamed } from './change-sets.ts';
import { stackNamed } from './find.ts';
import { resourcesOf } from './resources.ts';
import { descriptionOf } from './stacks.ts';

/** Of a stack, or of a change set: the template that executing it would leave. */
export function getTemplate({ world, input }: QueryCall): XmlFields {
  const changeSet = input.text('ChangeSetName') === null ? null : changeSetNamed(world, input);
  const stack = stackNamed(world.state, changeSet?.stackName ?? input.text('StackName'), 'with id');
  return {
    TemplateBody: changeSet?.template ?? stack.template,
    StagesAvailable: ['Original', 'Processed'],
  };
}

export function getTemplateSummary({ world, input }: QueryCall): XmlFields {
  const body = input.text('TemplateBody');
  if (body !== null) return summary(body, []);
  const stack = stackNamed(world.state, input.text('StackName'), 'with id');
  const types = resourcesOf(stack, world.state).map(({ type }) => type);
  return summary(stack.template, [...new Set(types)]);
}

function summary(template: string, types: readonly string[]): XmlFields {
  const parameters = templateParameters(template);
  if (parameters === null) throw validationError('Template format error: unsupported structure.');
  const needsIam = template.includes('AWS::IAM::');
  return {
    Parameters: Object.entries(parameters).map(([ParameterKey, declared]) => ({
      ParameterKey,
      DefaultValue: declared.Default,
      ParameterType: declared.Type,
      NoEcho: declared.NoEcho ?? false,
      Description: declared.Description,
      ParameterConstraints: {},
    })),
    Description: descriptionOf({ template }),
    Capabilities: needsIam ? ['CAPABILITY_IAM'] : undefined,
    CapabilitiesReason: needsIam
      ? 'The following resource(s) require capabilities: [AWS::IAM::Role]'
      : undefined,
    ResourceTypes: types,
    Version: '2010-09-09',
  };
}
