import { AMI, INSTANCE_TYPE } from '../../../world/stack-events.ts';
import type { PracticeLaunchTemplate, WorldState } from '../../../world/state.ts';
import { AwsError, type QueryCall } from '../protocol.ts';
import { isoTime, type XmlFields } from '../xml.ts';
import { page } from './paging.ts';

const CREATED_BY = 'assumed-role/harbour-deploy/AWSCloudFormation';

export function describeLaunchTemplates({ world, input }: QueryCall): XmlFields {
  const ids = input.strings('LaunchTemplateId');
  const names = input.strings('LaunchTemplateName');
  const all = templatesIn(world.state);
  for (const id of ids) if (!all.some((template) => template.id === id)) throw unknownId(id);
  for (const name of names) if (!all.some((template) => template.name === name)) throw unknownName(name);
  const found = all.filter(
    ({ id, name }) => ids.length + names.length === 0 || ids.includes(id) || names.includes(name),
  );
  const { items, next } = page(found, input, 200);
  return {
    launchTemplates: items.map(({ id, name, createdAt }) => ({
      launchTemplateId: id,
      launchTemplateName: name,
      createTime: isoTime(createdAt),
      createdBy: `arn:aws:sts::${world.state.account}:${CREATED_BY}`,
      defaultVersionNumber: 1,
      latestVersionNumber: 1,
    })),
    nextToken: next,
  };
}

/** Each template has one version: updates make new templates. Without id and name: `$Latest` of all. */
export function describeLaunchTemplateVersions({ world, input }: QueryCall): XmlFields {
  const { state } = world;
  const id = input.text('LaunchTemplateId');
  const name = input.text('LaunchTemplateName');
  const versions = input.strings('LaunchTemplateVersion');
  const all = templatesIn(state);
  const found = all.filter(
    (template) => (id === null || template.id === id) && (name === null || template.name === name),
  );
  if (id !== null && found.length === 0) throw unknownId(id);
  if (name !== null && found.length === 0) throw unknownName(name);
  if (id === null && name === null && !versions.every(isAlias)) {
    throw new AwsError(
      'MissingParameter',
      'When using the version number, you must specify the launch template ID or name.',
    );
  }
  const missing = versions.find((version) => !isAlias(version) && version !== '1');
  if (missing !== undefined) {
    throw new AwsError(
      'InvalidLaunchTemplateId.VersionNotFound',
      `Could not find the specified version ${missing} for the launch template with ID ${found[0]?.id}.`,
    );
  }
  const { items, next } = page(found, input, 200);
  return {
    launchTemplateVersionSet: items.map((template) => versionFields(template, state)),
    nextToken: next,
  };
}

function isAlias(version: string): boolean {
  return version === '$Latest' || version === '$Default';
}

/** Without the launch configurations, which the world keeps in the same list. */
function templatesIn(state: WorldState): PracticeLaunchTemplate[] {
  return state.launchTemplates.filter(({ id }) => id.startsWith('lt-'));
}

function versionFields(template: PracticeLaunchTemplate, state: WorldState): XmlFields {
  const group = state.groups.find(({ launchTemplate }) => launchTemplate === template.id);
  const tags = Object.entries(group?.tags ?? {}).map(([key, value]) => ({ key, value }));
  return {
    launchTemplateId: template.id,
    launchTemplateName: template.name,
    versionNumber: 1,
    createTime: isoTime(template.createdAt),
    createdBy: `arn:aws:sts::${state.account}:${CREATED_BY}`,
    defaultVersion: true,
    launchTemplateData: {
      imageId: AMI,
      instanceType: INSTANCE_TYPE,
      userData: template.userData,
      tagSpecificationSet: [{ resourceType: 'instance', tagSet: tags }],
    },
  };
}

function unknownId(id: string): AwsError {
  return new AwsError(
    'InvalidLaunchTemplateId.NotFound',
    `The specified launch template, with template ID ${id}, does not exist.`,
  );
}

function unknownName(name: string): AwsError {
  return new AwsError(
    'InvalidLaunchTemplateName.NotFoundException',
    `The specified launch template, with template name ${name}, does not exist.`,
  );
}
