import { resolve } from 'node:path';
import type { Secret } from '../../config/systems/parts.ts';
import { Failure } from '../../model/failure.ts';
import { rfc3339 } from '../../model/instant.ts';
import type { News, Notifier } from '../../model/ports/notifier.ts';
import { lenientJson } from '../http/json.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { SYSTEM } from './failure.ts';

/** https://github.com/PagerDuty/developer-docs, docs/events-API-v2/03-Change-Events.md */
const LONGEST_SUMMARY = 1024;

/**
 * Records a change that ended well on PagerDuty's service, where it shows beside its incidents: Events API v2,
 * `POST /v2/change/enqueue`, which knows integration keys instead of tokens and answers 202.
 */
export function openChangeEvents({ loaded, transport }: AdapterDeps): Notifier {
  const settings = loaded.config.systems.pagerduty;
  const keyOf = ({ service }: News): Secret | undefined =>
    loaded.config.services[service.name]?.change_events_key;
  return {
    name: 'change record',
    system: SYSTEM,
    takes: (news) => news.stage === 'ended' && news.state === 'confirmed' && keyOf(news) !== undefined,
    async tell(news, signal) {
      const secret = keyOf(news);
      if (settings === undefined || secret === undefined) return;
      const key = await Token.of(SYSTEM, transport, secret, loaded.folder).get();
      const { status, body } = await transport.request({
        system: SYSTEM,
        method: 'POST',
        url: `${settings.events_url.replace(/\/+$/, '')}/v2/change/enqueue`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ routing_key: key, ...changeEvent(news) }),
        ...(signal === undefined ? {} : { signal }),
        ...(settings.ca_file === undefined ? {} : { caFile: resolve(loaded.folder, settings.ca_file) }),
      });
      if (status < 300) return;
      const said = transport.redact(JSON.stringify(lenientJson(body.toString('utf8'))));
      throw new Failure(SYSTEM, status >= 500 ? 'server_error' : 'invalid', `HTTP ${status}: ${said}`, {
        status,
      });
    },
  };
}

function changeEvent(news: News): object {
  const { service, environment, from, to, who, action, intent, incident, at, text } = news;
  return {
    payload: {
      summary: text.slice(0, LONGEST_SUMMARY),
      timestamp: rfc3339(at),
      source: 'oncall',
      custom_details: {
        service: service.name,
        environment,
        from,
        version: to,
        who,
        action,
        intent,
        incident,
      },
    },
  };
}
