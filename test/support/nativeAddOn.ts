import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** As an add-on that was never made for threads: it refuses to load in one, doubles a number, and crashes when asked. */
const SOURCE = `
#define _GNU_SOURCE
#include <node_api.h>
#include <signal.h>
#include <unistd.h>
#include <sys/syscall.h>

static napi_value doubled(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value given, answer;
  double number = 0;
  napi_get_cb_info(env, info, &count, &given, NULL, NULL);
  napi_get_value_double(env, given, &number);
  napi_create_double(env, 2 * number, &answer);
  return answer;
}

static napi_value crash(napi_env env, napi_callback_info info) {
  raise(SIGSEGV);
  return NULL;
}

NAPI_MODULE_INIT() {
  if (syscall(SYS_gettid) != getpid()) {
    napi_throw_error(env, "ERR_DLOPEN_FAILED", "Module did not self-register in this thread.");
    return NULL;
  }
  napi_value function;
  napi_create_function(env, "doubled", NAPI_AUTO_LENGTH, doubled, NULL, &function);
  napi_set_named_property(env, exports, "doubled", function);
  napi_create_function(env, "crash", NAPI_AUTO_LENGTH, crash, NULL, &function);
  napi_set_named_property(env, exports, "crash", function);
  return exports;
}
`;

const HEADERS = [join(dirname(process.execPath), "..", "include", "node"), "/usr/include/node"];

/** Compiles one in the folder. @returns its bytes, or why there is none */
export function nativeAddOn(folder: string): Uint8Array | string {
  if (process.platform !== "linux") return "only on Linux: it tells a thread by the kernel's number";
  const headers = HEADERS.find((place) => existsSync(join(place, "node_api.h")));
  if (!headers) return "no headers of Node are installed here";
  const [source, library] = [join(folder, "addon.c"), join(folder, "addon.node")];
  writeFileSync(source, SOURCE);
  const { status } = spawnSync("cc", ["-shared", "-fPIC", "-I", headers, "-o", library, source]);
  return status === 0 ? readFileSync(library) : "no C compiler is installed here";
}
