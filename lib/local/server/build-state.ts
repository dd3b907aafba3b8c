/** The state of the build of the sources. */
export type BuildState = Built | Building | BuildFailed;

export interface Built {
  readonly kind: 'built';
  /** How long the latest rebuild took, in milliseconds. Undefined before the first one. */
  readonly ms?: number;
}

export interface Building {
  readonly kind: 'building';
}

export interface BuildFailed {
  readonly kind: 'failed';
  /** Plain text, as in the terminal, without colors. */
  readonly error: string;
}

/** The state of the build, with its listeners. */
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
