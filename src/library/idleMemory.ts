/** How each cache and pool that is still in use somewhere lets go of what nobody uses at the moment. */
const releases = new Set<() => void>();
let collected: FinalizationRegistry<() => void> | undefined;

/**
 * Makes `releaseIdleMemory` reach a cache or a pool, without keeping it alive.
 *
 * @param release lets go of what `owner` can do without; may not refer to it otherwise
 */
export function holdsIdleMemory<Owner extends object>(owner: Owner, release: (owner: Owner) => void): void {
  const reference = new WeakRef(owner);
  const releaseIt = (): void => {
    const found = reference.deref();
    if (found) release(found);
  };
  releases.add(releaseIt);
  collected ??= new FinalizationRegistry((gone) => releases.delete(gone));
  collected.register(owner, releaseIt);
}

/**
 * Empties every cache and every pool of this thread, except for the buffers in use. The profiler does so when memory
 * becomes short, and before a pass, which would look fast with what an earlier one left.
 */
export function releaseIdleMemory(): void {
  for (const release of releases) release();
}
