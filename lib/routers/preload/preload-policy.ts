import { PreloadOptions } from './preload-options';
import { aKnownString, checkOptionsOf, checkProp, listOf, must, objectOf, optional } from '../../private/check';

/** Lambda gives a function one full vCPU at this memory size. */
const FULL_VCPU_MB = 1769;

/** Up to this memory size, `firstRequestFactor` applies in full. Above it, the factor decreases to 1 at a full vCPU. */
const WHOLE_FACTOR_UP_TO_MB = 1024;

/** The cost of loading code. Each language has its own values, which test/bench calibrates. */
export interface LoadCost {
  /** How many milliseconds it takes to load a kilobyte at full speed. */
  readonly msPerKilobyte: number;
  /** How much longer the first request takes to load a chunk than its share of the CPU explains. */
  readonly firstRequestFactor: number;
}

/** The conditions under which code is loaded. */
export interface LoadConditions {
  readonly memoryMb: number;
  readonly loadCost: LoadCost;
}

const OPTIONS = objectOf<PreloadOptions>(optional({ include: listOf(aKnownString) }));

const aFraction = must('a number, more than 0 and at most 1', (value) => typeof value === 'number' && value > 0 && value <= 1);

/**
 * Which chunks INIT loads before the first request.
 *
 * INIT runs with a full CPU at any memory size. A request gets memory/1769 of a vCPU. Every cold start loads a preloaded chunk once, at full speed. A
 * lazy chunk takes several times as long to load, but only in the cold starts that need it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export abstract class PreloadPolicy {
  /**
   * Preloads a chunk if that shortens the mean cold start at the function's memory size. The less memory the function has, the more INIT loads.
   *
   * If all routers share almost all of their code, INIT also loads one router: the one with the most traffic.
   *
   * @example
   * new LazyApiFunction(stack, 'Api', {
   *   routers: Routers.fromDirectory('src/routers'),
   *   memorySize: 512,
   *   preloadPolicy: PreloadPolicy.memoryAware({ include: ['@prisma/client'] }),
   * });
   */
  public static memoryAware(options: PreloadOptions = {}): PreloadPolicy {
    checkOptionsOf('PRELOAD_OPTION', 'PreloadPolicy.memoryAware', options, OPTIONS);
    return new SharePolicy('memory aware', memoryAwareThreshold, options.include, true);
  }

  /**
   * Preloads the chunks that at least this share of cold starts need.
   *
   * @param fraction the share of cold starts: more than 0, at most 1
   */
  public static sharedBy(fraction: number, options: PreloadOptions = {}): PreloadPolicy {
    checkProp('PRELOAD_FRACTION', 'PreloadPolicy.sharedBy: fraction', fraction, aFraction);
    checkOptionsOf('PRELOAD_OPTION', 'PreloadPolicy.sharedBy', options, OPTIONS);
    return new SharePolicy(`shared by ${percent(fraction)}`, () => fraction, options.include);
  }

  /**
   * Preloads every router, plus the code that smoke requests have shown to be imported dynamically by first requests. Other dynamic imports load when
   * a request needs them.
   */
  public static everything(): PreloadPolicy {
    return new SharePolicy('everything', () => 0);
  }

  /** Preloads nothing, except routers with `preload: true`. */
  public static nothing(): PreloadPolicy {
    return new SharePolicy('nothing', () => Infinity);
  }

  /** @internal */
  public abstract readonly _description: string;

  /**
   * Packages that INIT always loads.
   * @internal
   */
  public abstract readonly _include: readonly string[];

  /**
   * Whether INIT loads one router as a warm-up for all, if the routers share almost all of their code.
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
