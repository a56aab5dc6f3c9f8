import * as z from 'zod';
import { textSchema } from '../http/decode.ts';

/** EpochMilliseconds, which comes as a number or in quotes. */
const epoch = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .nullish()
  .transform((at) => at ?? null);
const texts = z
  .array(textSchema)
  .nullish()
  .transform((all) => all ?? []);

/** `AiIssuesIssue`: https://docs.newrelic.com/docs/apis/nerdgraph/examples/nerdgraph-issues-api-via-github */
export const issue = z.object({
  issueId: z.string(),
  title: texts,
  description: texts,
  priority: textSchema,
  state: z.string(),
  entityGuids: z.array(z.string()).nullish(),
  entityNames: texts,
  createdAt: epoch,
  activatedAt: epoch,
  acknowledgedAt: epoch,
  acknowledgedBy: z.nullish(textSchema),
  mutingState: z.string().nullish(),
  totalIncidents: z.number().nullish(),
  deepLinkUrl: z.string().nullish(),
});

export type Issue = z.output<typeof issue>;

export const issuesData = z.object({
  actor: z.object({
    /** null: the key's user may not see that account. */
    account: z
      .object({
        aiIssues: z.object({
          issues: z.object({ issues: z.array(issue).nullish(), nextCursor: z.string().nullish() }),
        }),
      })
      .nullable(),
  }),
});

export type IssuesData = z.output<typeof issuesData>;

export const ISSUES = `query ($account: Int!, $filter: AiIssuesFilterIssues, $window: TimeWindowInput, $cursor: String) {
  actor {
    account(id: $account) {
      aiIssues {
        issues(filter: $filter, timeWindow: $window, cursor: $cursor) {
          issues {
            issueId title description priority state entityGuids entityNames createdAt activatedAt
            acknowledgedAt acknowledgedBy mutingState totalIncidents deepLinkUrl
          }
          nextCursor
        }
      }
    }
  }
}`;

export const ACKNOWLEDGE = `mutation ($account: Int!, $issue: ID!) {
  aiIssuesAckIssue(accountId: $account, issueId: $issue) {
    error
    result { issueId }
  }
}`;

export const acknowledgeData = z.object({
  aiIssuesAckIssue: z.object({ error: z.nullish(textSchema), result: z.unknown() }).nullish(),
});

export const userData = z.object({
  actor: z.object({
    user: z.object({ name: z.nullish(textSchema), email: z.nullish(textSchema) }).nullish(),
  }),
});

export const USER = '{ actor { user { name email } } }';

/** null: the key's user may not see it. */
export const accountData = z.object({
  actor: z.object({ account: z.object({ id: z.number() }).nullable() }),
});

export const ACCOUNT = 'query ($account: Int!) { actor { account(id: $account) { id } } }';
