// Stands in for the native module `@vscode/native-watchdog`: the extension host ends when its server is gone.
export function start(server) {
  setInterval(() => {
    try {
      process.kill(server, 0);
    } catch (error) {
      if (error.code === "ESRCH") process.exit(87);
    }
  }, 1000).unref();
}
