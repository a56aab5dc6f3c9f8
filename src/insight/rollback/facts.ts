import type { Service } from '../../model/catalog.ts';
import type { Changes } from '../../model/changes.ts';
import type { Deploy, Image, ImageLabels } from '../../model/deploy.ts';
import type { Group } from '../../model/fleet.ts';
import type { Incident } from '../../model/incident.ts';
import type { Instant } from '../../model/instant.ts';
import type { ResourceChange, SignalRule, Stack, StackEvent } from '../../model/stack.ts';
import type { ZoneTrouble } from '../zone-trouble.ts';
import type { FirstResponder } from './under-way.ts';

/** Everything that the checks of a rollback judge by, read at one time. null: it could not be read. */
export interface RollbackFacts {
  readonly service: Service;
  readonly environment: string;
  /** The cloud's clock. */
  readonly now: Instant;
  readonly stack: Stack;
  /** What the stack's image parameter says; null: it has none. */
  readonly from: string | null;
  /** null: none was asked for, and none that was healthy is known. */
  readonly to: string | null;
  /** A person named `to`; false: it was chosen here. */
  readonly wasAsked: boolean;
  /** Newest first. */
  readonly deploys: readonly Deploy[] | null;
  /** The image that `to` names. */
  readonly image: ImageFact;
  /** Of the image that `from` names; null: not known. */
  readonly fromDigest: string | null;
  readonly groups: readonly Group[] | null;
  /** Open ones of this service. */
  readonly incidents: readonly Incident[] | null;
  /** High-urgency ones of this service as far back as its deploys, whatever became of them. */
  readonly history: HistoryFact;
  /** What the serving group's containers are made from. */
  readonly running: RunningFact;
  readonly labels: LabelsFact;
  readonly changes: ChangesFact;
  readonly contracts: ContractsFact;
  readonly zone: ZoneFact;
  /** Of the stack's newest update, oldest first. */
  readonly latest: readonly StackEvent[] | null;
  /** Who is at the stack already; null: nothing is under way. */
  readonly first: FirstResponder | null;
  /** The pipeline or command that puts it out; null: the stack is updated from here. */
  readonly pipeline: PipelineFact | null;
  readonly preview: PreviewFact;
  readonly signals: SignalsFact;
  /** Settings of group and launch template that are other than when `to` was deployed; null: it cannot be told. */
  readonly changedSince: readonly string[] | null;
  /** Who acts; null: nobody is known. */
  readonly who: string | null;
  /** Names of the labels to compare. */
  readonly migrationLabels: readonly string[];
  /** What the update's events will carry. */
  readonly token: string | null;
  /** Typical length of a deploy, in milliseconds; null: nothing to tell from. */
  readonly expectedMs: number | null;
}

export type ImageFact =
  | { readonly kind: 'found'; readonly image: Image }
  | { readonly kind: 'missing'; readonly nearest: readonly string[] }
  | { readonly kind: 'unread'; readonly why: string };

export type HistoryFact =
  | { readonly kind: 'read'; readonly incidents: readonly Incident[] }
  | { readonly kind: 'unread'; readonly why: string };

export type RunningFact =
  /** `looked` instances were looked into of those that were tried; digests of the service's images, each once. */
  | {
      readonly kind: 'read';
      readonly looked: number;
      readonly tried: number;
      readonly digests: readonly string[];
    }
  | { readonly kind: 'nothing_serves' }
  /** No way to the containers of that environment is configured. */
  | { readonly kind: 'not_configured' }
  | { readonly kind: 'unread'; readonly why: string };

export type LabelsFact =
  /** null: that version has no image (any more). */
  | { readonly kind: 'read'; readonly from: ImageLabels | null; readonly to: ImageLabels | null }
  | { readonly kind: 'unread'; readonly why: string };

export type ChangesFact =
  /** No source is configured for the service, or there are no two versions. */
  | { readonly kind: 'none' }
  /** `undone` is what only `from` has, `brought` what only `to` has; null: nothing, or it could not be read. */
  | { readonly kind: 'read'; readonly undone: Changes; readonly brought: Changes | null }
  | { readonly kind: 'unread'; readonly why: string };

/** What a contract broker says of `to` among what runs around it. */
export type ContractsFact =
  | { readonly kind: 'not_configured' }
  | { readonly kind: 'answered'; readonly fits: boolean; readonly why: string }
  | { readonly kind: 'unread'; readonly why: string };

export interface PipelineFact {
  /** As the config names it: `buildkite`, `command`. */
  readonly name: string;
  /** Why it cannot be told to; null: it can. */
  readonly cannot: string | null;
}

/** Whether a whole availability zone is in trouble; null: none is. */
export type ZoneFact =
  | { readonly kind: 'read'; readonly trouble: ZoneTrouble | null }
  | { readonly kind: 'unread'; readonly why: string };

export type PreviewFact =
  | { readonly kind: 'read'; readonly name: string; readonly changes: readonly ResourceChange[] }
  | { readonly kind: 'not_made'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string };

export type SignalsFact =
  /** null: the template waits for none. */
  | { readonly kind: 'read'; readonly rule: SignalRule | null }
  | { readonly kind: 'unread'; readonly why: string };

/** What one check found; its id is the name that `--accept` takes. */
export interface Judgement {
  readonly id: string;
  readonly result: 'pass' | 'warn' | 'block' | 'skipped';
  readonly text: string;
}

export type Judge = (facts: RollbackFacts) => Judgement;
