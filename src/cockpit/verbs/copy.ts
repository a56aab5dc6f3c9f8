import { findService } from '../../model/catalog.ts';
import type { LogLine } from '../../model/log-line.ts';
import { type Cockpit, say } from '../cockpit.ts';
import {
  currentIncident,
  currentSignal,
  deployKey,
  deploysOf,
  logsOf,
  subject,
  visibleDeploys,
  visibleLines,
} from '../selectors.ts';
import { place } from '../stores/anchor.ts';
import type { FleetRow } from '../stores/fleet-tree.ts';
import { cursorLine, selectedLines } from '../stores/logs.ts';
import { currentPatternText } from './log-patterns.ts';
import { currentRow } from './log-table.ts';
import { rowsOf } from './move.ts';

/** Copies what the cursor is on: an incident's title and link, a version, an id, a whole log line. */
export function copyCurrent(cockpit: Cockpit): void {
  const text = currentText(cockpit);
  if (text === null) {
    say(cockpit, 'There is nothing to copy here', 'warn');
    return;
  }
  cockpit.terminal.copy(text);
  say(cockpit, `Copied: ${text}`, 'good');
}

/** Shows and copies the runbook (or the incident's page); in the log pane the log system's own page. */
export async function copyLink(cockpit: Cockpit): Promise<void> {
  const link = await linkOf(cockpit);
  if (link === null) return say(cockpit, 'No runbook and no link is known here', 'warn');
  cockpit.terminal.copy(link.url);
  say(cockpit, `${link.what} (copied): ${link.url}`, 'good');
}

async function linkOf(cockpit: Cockpit): Promise<{ what: string; url: string } | null> {
  const view = cockpit.view.get();
  const at = subject(view);
  if (view.focus === 'logs' && at !== null) {
    const url = await cockpit.logLink(at.service, at.environment).catch(() => null);
    return url === null ? null : { what: 'Logs', url };
  }
  if (view.focus === 'signals') {
    const url = currentSignal(view)?.url ?? null;
    return url === null ? null : { what: 'Signal', url };
  }
  const incident = view.focus === 'incidents' ? currentIncident(view) : null;
  const service = incident?.service ?? at?.service ?? null;
  const runbook = service === null ? null : (findService(cockpit.catalog, service)?.runbook ?? null);
  if (runbook !== null) return { what: 'Runbook', url: runbook };
  return incident?.url == null ? null : { what: 'Incident', url: incident.url };
}

function currentText(cockpit: Cockpit): string | null {
  const view = cockpit.view.get();
  const at = subject(view);
  switch (view.focus) {
    case 'incidents': {
      const incident = currentIncident(view);
      return incident === null
        ? null
        : [`#${incident.number}`, incident.title, incident.url ?? ''].join(' ').trim();
    }
    case 'deploys': {
      const deploys = visibleDeploys(view, at === null ? null : deploysOf(cockpit, at).get().value);
      return deploys[place(deploys.map(deployKey), view.deploys, 1).index]?.version ?? null;
    }
    case 'fleet': {
      const rows = rowsOf(cockpit);
      const keys = rows.map(({ key }) => key);
      const row = rows[place(keys, view.fleet.anchor, 1).index];
      return row === undefined ? null : nameOf(row);
    }
    case 'signals': {
      const signal = currentSignal(view);
      return signal === null ? null : [signal.service ?? '', signal.title, signal.url ?? ''].join(' ').trim();
    }
    case 'logs': {
      if (view.logs.show === 'table') return currentRow(view);
      if (view.logs.show === 'patterns') return currentPatternText(cockpit);
      const lines = visibleLines(view, at === null ? null : logsOf(cockpit, at).get().value);
      const selected = selectedLines(view.logs, lines);
      const line = cursorLine(view.logs, lines);
      const copied = selected.length > 0 || line === null ? selected : [line];
      return copied.length === 0 ? null : copied.map((each) => wholeLine(each, view.logs.squad)).join('\n');
    }
  }
}

function wholeLine({ at, service, level, instance, message }: LogLine, withService: boolean): string {
  return `${new Date(at).toISOString()} ${withService ? `${service} ` : ''}${level} ${instance ?? ''} ${message}`;
}

function nameOf(row: FleetRow): string {
  switch (row.kind) {
    case 'group':
      return row.group.name;
    case 'traffic':
      return row.line.text;
    case 'instance':
      return row.instance.id;
    case 'container':
      return row.container.id;
  }
}
