import type { PracticeService } from '../../world/state.ts';
import type { PracticeAnswer } from '../server.ts';
import { json } from './reply.ts';
import { ORGANISATION, webOf } from './show.ts';

/** Backstage's file, which every repository has: https://backstage.io/docs/features/software-catalog/descriptor-format */
export const CATALOG_FILE = 'catalog-info.yaml';

/** The file as "Get repository content" gives it, in base64 with line breaks. */
export function showCatalog(service: PracticeService): PracticeAnswer {
  const text = catalogOf(service);
  const content = Buffer.from(text).toString('base64').replace(/.{60}/g, '$&\n');
  return json({
    type: 'file',
    name: CATALOG_FILE,
    path: CATALOG_FILE,
    size: Buffer.byteLength(text),
    encoding: 'base64',
    content,
    html_url: `${webOf(service.name)}/blob/main/${CATALOG_FILE}`,
  });
}

function catalogOf({ name, squad, pagerId }: PracticeService): string {
  return [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Component',
    'metadata:',
    `  name: ${name}`,
    '  annotations:',
    `    github.com/project-slug: ${ORGANISATION}/${name}`,
    `    pagerduty.com/service-id: ${pagerId}`,
    '  links:',
    `    - { title: Runbook, url: 'https://runbooks.harbour.example/${name}' }`,
    'spec:',
    '  type: service',
    '  lifecycle: production',
    `  owner: group:default/${squad}`,
    '',
  ].join('\n');
}
