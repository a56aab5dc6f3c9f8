import type { Judge } from './facts.ts';

/** How DescribeStacks prints a parameter that is declared NoEcho. */
const HIDDEN = /^\*+$/;

/** The image parameter alone is sent; the others go as UsePreviousValue, so that no `****` is ever written. */
export const previousValues: Judge = ({ stack, service, environment }) => {
  const id = 'previous-values';
  const parameter = service.in[environment]?.imageParameter ?? 'ImageTag';
  if (stack.parameters[parameter] === undefined) {
    const known = Object.keys(stack.parameters).join(', ');
    return {
      id,
      result: 'block',
      text: `The stack has no parameter ${parameter} (it has: ${known}). See image_parameter in the config.`,
    };
  }
  const others = Object.entries(stack.parameters).filter(([name]) => name !== parameter);
  const hidden = others.filter(([, value]) => HIDDEN.test(value)).map(([name]) => name);
  const secret = hidden.length === 0 ? '' : `, ${hidden.join(', ')} among them`;
  return {
    id,
    result: 'pass',
    text: `Only ${parameter} changes; ${others.length} others keep their previous values${secret}. The template stays.`,
  };
};
