import { ProgressLocation, window, type CancellationToken, type Progress } from "vscode";

export type Report = Progress<{ message?: string; increment?: number }>;

/** Shows progress while the work goes on, but not after a cancel: what was measured is put together without it. */
export function withProgressUntilCancelled<T>(
  title: string,
  work: (report: Report, token: CancellationToken) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    void window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (report, token) => {
        const cancelled = new Promise<void>((tell) => {
          token.onCancellationRequested(() => tell());
        });
        const working = work(report, token).then(resolve, reject);
        return Promise.race([working, cancelled]);
      },
    );
  });
}
