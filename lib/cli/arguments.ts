/** What the user typed after the name of a command. */
export class Arguments {
  constructor(public readonly positionals: readonly string[], private readonly values: ReadonlyMap<string, readonly string[]>) {}

  public has(option: string): boolean {
    return this.values.has(option);
  }

  /** Returns the last value. */
  public text(option: string): string | undefined {
    return this.values.get(option)?.at(-1);
  }

  public list(option: string): readonly string[] {
    return this.values.get(option) ?? [];
  }
}
