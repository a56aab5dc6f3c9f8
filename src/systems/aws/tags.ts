import { type SafeText, safeText } from '../../model/safe-text.ts';

/** Tags that the deploy pipeline puts on Auto Scaling groups and their instances. */
export const VERSION_TAG = 'version';
export const DEPLOYED_BY_TAG = 'deployed-by';
export const BUILD_TAG = 'build';
/** Put on everything that a stack makes: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html */
export const STACK_NAME_TAG = 'aws:cloudformation:stack-name';

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export function tagValue(tags: readonly Tag[] | undefined, key: string): SafeText | null {
  const value = tags?.find((tag) => tag.Key === key)?.Value;
  return value === undefined || value === '' ? null : safeText(value, { maxLength: 256 });
}
