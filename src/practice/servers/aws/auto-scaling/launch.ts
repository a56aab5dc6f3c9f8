import { usesLaunchConfiguration } from '../../../world/machines.ts';
import type { PracticeGroup, WorldState } from '../../../world/state.ts';
import type { XmlFields } from '../xml.ts';

/** What a group starts its instances from: a launch template, or the older launch configuration. */
export function launchOf(group: PracticeGroup, state: WorldState): XmlFields {
  if (usesLaunchConfiguration(group.service)) return { LaunchConfigurationName: group.launchTemplate };
  const template = state.launchTemplates.find(({ id }) => id === group.launchTemplate);
  return {
    LaunchTemplate: {
      LaunchTemplateId: group.launchTemplate,
      LaunchTemplateName: template?.name,
      Version: '1',
    },
  };
}
