import { type QueryService, reading, writing } from '../protocol.ts';
import { createChangeSet } from './change-set-create.ts';
import { executeChangeSet } from './change-set-execute.ts';
import { deleteChangeSet, describeChangeSet, listChangeSets } from './change-sets.ts';
import { describeStackEvents } from './events.ts';
import { describeStackResources, listStackResources } from './resources.ts';
import { describeStacks, listStacks } from './stacks.ts';
import { getTemplate, getTemplateSummary } from './templates.ts';
import { cancelUpdateStack, continueUpdateRollback, updateStack } from './updates.ts';

/** AWS CloudFormation, API version 2010-05-15, for stacks that exist: nothing here creates or deletes one. */
export const cloudFormation: QueryService = {
  name: 'cloudformation',
  version: '2010-05-15',
  namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  variant: 'query',
  operations: {
    DescribeStacks: reading(describeStacks),
    ListStacks: reading(listStacks),
    DescribeStackEvents: reading(describeStackEvents),
    DescribeStackResources: reading(describeStackResources),
    ListStackResources: reading(listStackResources),
    GetTemplate: reading(getTemplate),
    GetTemplateSummary: reading(getTemplateSummary),
    CreateChangeSet: writing(createChangeSet),
    DescribeChangeSet: reading(describeChangeSet),
    ListChangeSets: reading(listChangeSets),
    DeleteChangeSet: writing(deleteChangeSet),
    ExecuteChangeSet: writing(executeChangeSet),
    UpdateStack: writing(updateStack),
    CancelUpdateStack: writing(cancelUpdateStack),
    ContinueUpdateRollback: writing(continueUpdateRollback),
  },
};
