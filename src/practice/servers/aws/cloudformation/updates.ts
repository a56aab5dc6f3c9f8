import type { PracticeStack } from '../../../world/state.ts';
import type { StackChange } from '../../../world/world.ts';
import { AwsError, type QueryCall } from '../protocol.ts';
import type { XmlFields } from '../xml.ts';
import { refusable, stackNamed } from './find.ts';
import { wishOf } from './wish.ts';

export function updateStack({ world, input, caller }: QueryCall): XmlFields {
  const stack = stackNamed(world.state, input.text('StackName'));
  const token = input.text('ClientRequestToken');
  if (token !== null && stack.events.some((event) => event.token === token)) {
    throw new AwsError(
      'TokenAlreadyExistsException',
      `The client request token ${token} was already used with other arguments.`,
    );
  }
  const change: StackChange = { ...wishOf(stack, input), token, who: caller.name };
  refusable(() => world.stacks.update(stack, change));
  return answer(stack);
}

export function cancelUpdateStack({ world, input }: QueryCall): XmlFields {
  const stack = stackNamed(world.state, input.text('StackName'));
  refusable(() => world.stacks.cancel(stack, input.text('ClientRequestToken')));
  return {};
}

export function continueUpdateRollback({ world, input }: QueryCall): XmlFields {
  const stack = stackNamed(world.state, input.text('StackName'));
  refusable(() => world.stacks.continueRollback(stack, input.text('ClientRequestToken')));
  return {};
}

function answer(stack: PracticeStack): XmlFields {
  return { StackId: stack.id };
}
