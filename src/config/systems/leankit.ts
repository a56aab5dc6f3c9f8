import * as z from 'zod';
import { httpSystem, systemUrl } from './parts.ts';

export const leankit = z.strictObject({
  ...httpSystem,
  url: systemUrl.describe('https://harbour.leankit.com'),
  board: z
    .string()
    .regex(/^\d{1,20}$/, { error: 'the number at the end of the board’s address, in quotes' })
    .describe('Id of the board: the number at the end of its address.'),
  lane: z
    .string()
    .min(1)
    .default('Deploy')
    .describe('Name of the lane whose cards are about to go out; the lanes inside it belong to it.'),
  card: z
    .string()
    .refine(
      (text) => ['{service}', '{version}'].every((placeholder) => text.split(placeholder).length === 2),
      { error: 'needs {service} and {version}, each once' },
    )
    .default('{service} {version}')
    .describe('How a card names service and version, anywhere in its header or its title.'),
});
