import { PreloadOptions } from './preload-options';
import { aKnownString, checkOptionsOf, checkProp, listOf, must, objectOf, optional } from '../../private/check';

/** Lambda gives one full vCPU at this memory size. */
const FULL_VCPU_MB = 1769;

/** Up to this memory size, the first request pays the whole `firstRequestFactor`. From there on it falls to 1 at a full vCPU. */
const WHOLE_FACTOR_UP_TO_MB = 1024;

/** What it costs to load code. Each language has its own figures, which test/bench calibrates. */
export interface LoadCost {
  /** How many milliseconds it takes to load a kilobyte at full speed. */
  readonly msPerKilobyte: number;
  /** How much longer the first request takes to load a chunk than its share of the CPU explains. */
  readonly firstRequestFactor: number;
}

/** Where code is loaded. */
export interface LoadConditions {
  readonly memoryMb: number;
  readonly loadCost: LoadCost;
}

const OPTIONS = objectOf<PreloadOptions>(optional({ include: listOf(aKnownString) }));

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
   * loaded. Where all routers share almost all of their code, INIT also loads one of them, the one with the most traffic.
   */
  public static memoryAware(options: PreloadOptions = {}): PreloadPolicy {
    checkOptionsOf('PRELOAD_OPTION', 'PreloadPolicy.memoryAware', options, OPTIONS);
    return new SharePolicy('memory aware', memoryAwareThreshold, options.include, true);
  }

  /**
   * Loads the chunks that at least this share of cold starts need.
   *
   * @param fraction more than 0, at most 1
   */
  public static sharedBy(fraction: number, options: PreloadOptions = {}): PreloadPolicy {
    checkProp('PRELOAD_FRACTION', 'PreloadPolicy.sharedBy: fraction', fraction, aFraction);
    checkOptionsOf('PRELOAD_OPTION', 'PreloadPolicy.sharedBy', options, OPTIONS);
    return new SharePolicy(`shared by ${percent(fraction)}`, () => fraction, options.include);
  }

  /**
   * Loads every router in INIT, and what smoke requests have shown that first requests import dynamically. Other dynamic imports are left to the
   * requests that need them.
   */
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
   * Packages that INIT loads in any case.
   * @internal
   */
  public abstract readonly _include: readonly string[];

  /**
   * Whether INIT loads one router as a warm-up for all, where routers share almost all of their code.
   * @internal
   */
  public abstract readonly _warmsUp: boolean;

  /**
   * The smallest share of cold starts for which preloading a chunk pays.
   * @internal
   */
  public abstract _threshold(conditions: LoadConditions): number;
}

class SharePolicy extends PreloadPolicy {
  constructor(
    public readonly _description: string,
    private readonly threshold: (conditions: LoadConditions) => number,
    public readonly _include: readonly string[] = [],
    public readonly _warmsUp = false,
  ) {
    super();
  }

  public _threshold(conditions: LoadConditions): number {
    return this.threshold(conditions);
  }
}

/** `min(1, memory / (1769 c))`: see docs/adr/0004-preload-plan.md. */
function memoryAwareThreshold(conditions: LoadConditions): number {
  return Math.min(1, 1 / slowdown(conditions));
}

/** How much longer a chunk takes to load in the first request than in INIT. */
export function slowdown(conditions: LoadConditions): number {
  return (FULL_VCPU_MB / conditions.memoryMb) * firstRequestFactor(conditions);
}

function firstRequestFactor({ memoryMb, loadCost: { firstRequestFactor: factor } }: LoadConditions): number {
  const beyond = Math.min(Math.max(memoryMb, WHOLE_FACTOR_UP_TO_MB), FULL_VCPU_MB) - WHOLE_FACTOR_UP_TO_MB;
  return factor + ((1 - factor) * beyond) / (FULL_VCPU_MB - WHOLE_FACTOR_UP_TO_MB);
}

export function percent(fraction: number): string {
  return `${Number((fraction * 100).toFixed(1))} %`;
}
