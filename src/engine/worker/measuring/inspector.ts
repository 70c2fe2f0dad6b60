import type { Session } from "node:inspector";

/** In its own thread the inspector answers before `post` returns. @throws Error */
export function ask(session: Session, method: string, params: object = {}): unknown {
  let answer: { readonly error: Error | null; readonly result: unknown } | undefined;
  session.post(method, params, (error, result) => {
    answer = { error, result };
  });
  if (!answer) throw new Error(`The inspector gave no answer to ${method}.`);
  if (answer.error) throw new Error(`The inspector refused ${method}: ${answer.error.message}`);
  return answer.result;
}
