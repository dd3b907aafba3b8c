/** Caches the results of authorizers. */
export class AuthorizerCache<T> {
  private readonly entries = new Map<string, { readonly output: T; readonly until: number }>();

  /** @param now in milliseconds */
  constructor(private readonly now: () => number = () => performance.now()) {}

  public get(identity: readonly string[]): T | undefined {
    const entry = this.entries.get(JSON.stringify(identity));
    return entry && entry.until > this.now() ? entry.output : undefined;
  }

  /** @param ttl in seconds. Nothing is cached without an identity */
  public set(identity: readonly string[], output: T, ttl: number): void {
    if (ttl <= 0 || identity.length === 0) return;
    for (const [key, { until }] of this.entries) if (until <= this.now()) this.entries.delete(key);
    this.entries.set(JSON.stringify(identity), { output, until: this.now() + ttl * 1000 });
  }
}
