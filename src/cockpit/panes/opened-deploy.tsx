import { useMemo } from 'react';
import { versionBefore } from '../../insight/version-before.ts';
import type { Changes } from '../../model/changes.ts';
import type { Deploy } from '../../model/deploy.ts';
import type { Instant } from '../../model/instant.ts';
import { type Reading, unread } from '../../model/reading.ts';
import { useStore } from '../stores/store.ts';
import type { Line } from '../widgets/line.ts';
import { changesLines, deployHead } from './deploy-detail.ts';
import { emptyRows, type PaneProps, PaneShell } from './pane.tsx';

interface OpenedDeployProps extends PaneProps {
  readonly deploy: Deploy;
  /** All that are known. */
  readonly deploys: readonly Deploy[];
  readonly scroll: number;
  /** The releases' clock. */
  readonly now: Instant;
  readonly stale: Line;
}

const UNREAD = unread<Changes>('github');
const NOTHING = { get: () => UNREAD, subscribe: () => () => undefined };

/** One deploy with what it changed, in the place of the list. */
export function OpenedDeploy(props: OpenedDeployProps) {
  const { cockpit, rect, focused, boxed, deploy, deploys, scroll, now, stale } = props;
  const before = versionBefore(deploys, deploy);
  const changes = useStore<Reading<Changes>>(
    useMemo(
      () => (before === null ? NOTHING : cockpit.watch.changes(deploy.service, before, deploy.version)),
      [cockpit, before, deploy.service, deploy.version],
    ),
  );
  const width = rect.width - (boxed ? 4 : 2);
  const height = Math.max(1, rect.height - (boxed ? 2 : 1));
  const lines = [
    ...deployHead(deploy, before, now, width),
    ...(before === null
      ? []
      : changes.value === null
        ? emptyRows(changes, '')
        : changesLines(changes.value, width)),
  ];
  const first = Math.min(scroll, Math.max(0, lines.length - height));
  const below = lines.length - first - height;
  const parts: Line[] = [
    [{ text: `${deploy.service} ${deploy.version}` }],
    below > 0 ? [{ text: `${below} below ↓`, tone: 'muted' }] : [],
    stale,
  ];
  const rows = lines.slice(first, first + height).map((line): Line => [{ text: ' ' }, ...line]);
  return <PaneShell {...{ rect, focused, boxed, parts, rows }} pane="deploys" name="Deploy" />;
}
