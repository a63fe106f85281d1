import { useSyncExternalStore } from "react";

/** A value that parts of the page watch. */
export class Observed<T> {
  private readonly watchers = new Set<() => void>();

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  set(next: T): void {
    if (Object.is(next, this.current)) return;
    this.current = next;
    for (const watcher of [...this.watchers]) watcher();
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  };

  readonly read = (): T => this.current;
}

export function useObserved<T>(observed: Observed<T>): T {
  return useSyncExternalStore(observed.watch, observed.read);
}
