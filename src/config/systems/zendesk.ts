import * as z from 'zod';
import { httpSystem, systemUrl } from './parts.ts';

/** As Zendesk keeps tags: lower case, and nothing that parts words in a search. */
const tag = z.string().regex(/^[^\s",:*A-Z]+$/, { error: 'a tag has no capitals, spaces, quotes or colons' });

function pattern(placeholder: '{service}' | '{squad}') {
  return tag.refine((text) => text.split(placeholder).length === 2, { error: `needs ${placeholder}, once` });
}

export const zendesk = z.strictObject({
  ...httpSystem,
  url: systemUrl.describe('https://harbour.zendesk.com'),
  username: z.email().describe('E-mail of the agent whose API token it is.'),
  tags: z
    .array(tag)
    .min(1)
    .describe('Tickets with one of these tags are ours. Each is a search of its own: name few.'),
  service_tag: pattern('{service}')
    .default('service-{service}')
    .describe('Tag that ties a ticket to a service; {service} is filled in.'),
  squad_tag: pattern('{squad}')
    .default('squad-{squad}')
    .describe('Tag that gives a ticket to a squad; {squad} is its id.'),
});
