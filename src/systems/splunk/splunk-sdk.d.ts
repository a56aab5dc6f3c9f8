/** What is used of splunk-sdk 2.0.2, which has no types of its own. Rejections are a Failure of ours or an SdkResponse. */
interface SdkResponse {
  readonly status: number;
  readonly data: unknown;
  readonly response: { readonly headers: Readonly<Record<string, string>> };
}

interface SdkMessage {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Form-encoded. */
  readonly body: string;
}

declare module 'splunk-sdk/lib/http.js' {
  interface HttpMembers {
    makeRequest(url: string, message: SdkMessage): Promise<SdkResponse>;
  }
  interface HttpBase {
    readonly version: string;
  }
  const Http: { extend(members: HttpMembers): new () => HttpBase };
  export type SplunkHttp = HttpBase;
  export default Http;
}

declare module 'splunk-sdk/lib/service.js' {
  import type { SplunkHttp } from 'splunk-sdk/lib/http.js';

  interface ServiceParameters {
    readonly scheme: string;
    readonly host: string;
    readonly port: string;
    readonly version: string;
    readonly autologin: boolean;
    readonly username?: string;
    readonly password?: string;
    readonly sessionKey?: string;
    readonly authorization?: 'Splunk' | 'Bearer';
  }

  class Job {
    readonly sid: string;
    fetch(parameters: object): Promise<Job>;
    properties(): unknown;
    /** The answer's body, then the job. */
    results(parameters: object): Promise<readonly [unknown, Job]>;
    /** Of what was found so far; an empty body before there is anything. */
    preview(parameters: object): Promise<readonly [unknown, Job]>;
    /** Jobs tell nothing of what was found so far before that. */
    enablePreview(): Promise<unknown>;
    pause(): Promise<unknown>;
    unpause(): Promise<unknown>;
    finalize(): Promise<unknown>;
    touch(): Promise<unknown>;
    cancel(): Promise<SdkResponse>;
  }

  interface SavedSearch {
    readonly name: string;
    properties(): unknown;
  }

  interface SavedSearches {
    /** One page. */
    fetch(parameters: object): Promise<{ list(): readonly SavedSearch[]; paging(): unknown }>;
  }

  class Service {
    static readonly Job: new (
      service: Service,
      sid: string,
      namespace: null,
    ) => Job;
    constructor(http: SplunkHttp, parameters: ServiceParameters);
    readonly sessionKey: string;
    readonly version: string;
    login(): Promise<unknown>;
    /** Relative to `/services`. */
    get(path: string, parameters: object): Promise<SdkResponse>;
    search(query: string, parameters: object): Promise<Job>;
    getJob(sid: string): Promise<Job>;
    /** The body of `search/v2/parser`. */
    parse(query: string, parameters: object): Promise<unknown>;
    savedSearches(namespace: { readonly owner: string; readonly app: string }): SavedSearches;
  }

  export type { Job };
  export default Service;
}
