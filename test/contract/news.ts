import type { Service } from '../../src/model/catalog.ts';
import type { News } from '../../src/model/ports/notifier.ts';

/** What is told of a rollback of that service in prod as it begins; `more` changes it. */
export function newsOf(service: Service, at: number, more: Partial<News> = {}): News {
  return {
    stage: 'begun',
    state: null,
    intent: 'abc123',
    action: 'rollback',
    service,
    environment: 'prod',
    from: '1.0.283',
    to: '1.0.282',
    who: 'sam@harbour.example',
    at,
    incident: 'Q1',
    channel: '#billing',
    text: 'Rolling charge-central in prod from 1.0.283 to 1.0.282.',
    ...more,
  };
}
