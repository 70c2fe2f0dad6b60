import { Session } from "node:inspector";

/** V8's inspector of this thread, asked by this thread itself: it answers before `post` returns. */
export class InspectorSession {
  readonly session = new Session();

  constructor() {
    this.session.connect();
  }

  /** @throws Error with what the inspector refused */
  post(method: string, params: object = {}): unknown {
    let answer: { readonly error: Error | null; readonly result: unknown } | undefined;
    this.session.post(method, params, (error, result) => {
      answer = { error, result };
    });
    if (!answer) throw new Error(`The inspector gave no answer to ${method}.`);
    if (answer.error) throw new Error(`The inspector refused ${method}: ${answer.error.message}`);
    return answer.result;
  }
}
