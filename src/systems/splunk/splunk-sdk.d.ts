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
    cancel(): Promise<SdkResponse>;
  }

  class Service {
    constructor(http: SplunkHttp, parameters: ServiceParameters);
    readonly sessionKey: string;
    readonly version: string;
    login(): Promise<unknown>;
    /** Relative to `/services`. */
    get(path: string, parameters: object): Promise<SdkResponse>;
    search(query: string, parameters: object): Promise<Job>;
    getJob(sid: string): Promise<Job>;
  }

  export type { Job };
  export default Service;
}
