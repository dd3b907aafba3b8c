/** What the build of the sources is doing. */
export type BuildState =
  /** `ms`: how long the last rebuild took, in milliseconds. */
  | { readonly kind: 'built'; readonly ms?: number }
  | { readonly kind: 'building' }
  /** `error`: plain text, as in the terminal. */
  | { readonly kind: 'failed'; readonly error: string };

/** The state of the build, and who wants to know of it. */
export class BuildStatus {
  private current: BuildState = { kind: 'built' };
  private readonly listeners: Array<() => void> = [];

  public get state(): BuildState {
    return this.current;
  }

  public set(state: BuildState): void {
    this.current = state;
    for (const listener of this.listeners) listener();
  }

  public onChange(listener: () => void): void {
    this.listeners.push(listener);
  }
}
