import type { Judge } from './facts.ts';

/** A version that is gone from the registry could never start. */
export const imageExists: Judge = ({ image, to, service }) => {
  const id = 'image-exists';
  switch (image.kind) {
    case 'found':
      return { id, result: 'pass', text: `${to} is in the registry (${image.image.digest.slice(0, 19)}).` };
    case 'missing': {
      const near = image.nearest.length === 0 ? '' : ` It has ${image.nearest.join(', ')}.`;
      return {
        id,
        result: 'block',
        text: `${service.name} has no image ${to ?? ''} in the registry.${near}`,
      };
    }
    case 'unread':
      return { id, result: 'block', text: `Whether ${to ?? 'the image'} exists is not known: ${image.why}` };
  }
};
