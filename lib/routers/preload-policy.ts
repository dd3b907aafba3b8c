import { checkProp, must } from '../private/check';

/** Lambda gives one full vCPU at this memory size. */
const FULL_VCPU_MB = 1769;

/**
 * What the first request pays beyond a chunk's share of the bulk, calibrated by test/bench: this factor up to this memory size,
 * falling to 1 at a full vCPU.
 */
const FIRST_REQUEST_FACTOR = { factor: 1.2, upToMb: 1024 };

const aFraction = must('a number, more than 0 and at most 1', (value) => typeof value === 'number' && value > 0 && value <= 1);

/**
 * Which chunks INIT loads ahead of the first request.
 *
 * INIT runs with the full CPU whatever the memory size; a request gets memory/1769 of a vCPU. A chunk loaded in INIT costs
 * its load time once at full speed, for every cold start; a chunk left lazy costs a multiple of that, but only for the
 * cold starts that need it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export abstract class PreloadPolicy {
  /**
   * Loads a chunk in INIT when that makes the mean cold start shorter at the function's memory size: the less memory, the more is
   * loaded.
   */
  public static memoryAware(): PreloadPolicy {
    return new SharePolicy('memory aware', memoryAwareThreshold);
  }

  /**
   * Loads the chunks that at least this share of cold starts need.
   *
   * @param fraction more than 0, at most 1
   */
  public static sharedBy(fraction: number): PreloadPolicy {
    checkProp('PRELOAD_FRACTION', 'PreloadPolicy.sharedBy: fraction', fraction, aFraction);
    return new SharePolicy(`shared by ${percent(fraction)}`, () => fraction);
  }

  /** Loads every router in INIT. */
  public static everything(): PreloadPolicy {
    return new SharePolicy('everything', () => 0);
  }

  /** Loads nothing ahead of the request, but for the routers with `preload: true`. */
  public static nothing(): PreloadPolicy {
    return new SharePolicy('nothing', () => Infinity);
  }

  /** @internal */
  public abstract readonly _description: string;

  /**
   * The smallest share of cold starts for which preloading a chunk pays.
   * @internal
   */
  public abstract _threshold(memoryMb: number): number;
}

class SharePolicy extends PreloadPolicy {
  constructor(public readonly _description: string, private readonly threshold: (memoryMb: number) => number) {
    super();
  }

  public _threshold(memoryMb: number): number {
    return this.threshold(memoryMb);
  }
}

/** `min(1, memory / (1769 c))`: see docs/adr/0004-preload-plan.md. */
function memoryAwareThreshold(memoryMb: number): number {
  return Math.min(1, 1 / slowdown(memoryMb));
}

/** How much longer a chunk takes to load in the first request than in INIT. */
export function slowdown(memoryMb: number): number {
  return (FULL_VCPU_MB / memoryMb) * firstRequestFactor(memoryMb);
}

function firstRequestFactor(memoryMb: number): number {
  const { factor, upToMb } = FIRST_REQUEST_FACTOR;
  const beyond = Math.min(Math.max(memoryMb, upToMb), FULL_VCPU_MB) - upToMb;
  return factor + ((1 - factor) * beyond) / (FULL_VCPU_MB - upToMb);
}

export function percent(fraction: number): string {
  return `${Number((fraction * 100).toFixed(1))} %`;
}
