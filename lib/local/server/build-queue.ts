import { BuildStatus } from './build-state';

/** A page that arrives a little later is better than a page with the code before the last save. A build that hangs must not block everything. */
const PATIENCE_MS = 10_000;

/** The requests that wait for the build of the sources. */
export class BuildQueue {
  private readonly waiting = new Set<() => void>();

  constructor(private readonly build: BuildStatus, private readonly patienceMs = PATIENCE_MS) {
    build.onChange(() => { if (build.state.kind !== 'building') this.waiting.forEach((goOn) => goOn()); });
  }

  /** Fulfilled when no build is running, or when it takes too long. */
  public async settled(): Promise<void> {
    if (this.build.state.kind !== 'building') return;
    await new Promise<void>((resolve) => {
      const goOn = () => {
        clearTimeout(timer);
        this.waiting.delete(goOn);
        resolve();
      };
      const timer = setTimeout(goOn, this.patienceMs).unref();
      this.waiting.add(goOn);
    });
  }
}
