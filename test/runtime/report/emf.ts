/**
 * What CloudWatch requires of a document in its embedded metric format.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
interface Directive {
  readonly Namespace: string;
  readonly Dimensions: string[][];
  readonly Metrics: Array<{ readonly Name: string; readonly Unit: string }>;
}

interface Document {
  readonly [member: string]: unknown;
  readonly _aws?: { readonly Timestamp: number; readonly CloudWatchMetrics: Directive[] };
}

const FORTNIGHT = 14 * 24 * 3600 * 1000;

/** Fails unless CloudWatch would extract metrics from the line. Returns its sets of dimensions. */
export function expectEmf(line: object): string[] {
  const document = line as Document;
  const { Timestamp, CloudWatchMetrics } = document._aws!;
  expect(Math.abs(Timestamp - Date.now())).toBeLessThan(FORTNIGHT);
  expect(CloudWatchMetrics.length).toBeGreaterThan(0);
  for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics) {
    expect(Namespace).toMatch(/^[^:].{0,254}$/);
    expect(Metrics.length).toBeGreaterThan(0);
    expect(Metrics.length).toBeLessThanOrEqual(100);
    for (const { Name, Unit } of Metrics) {
      expect(Name.length).toBeLessThanOrEqual(1024);
      expect(['Milliseconds', 'Count']).toContain(Unit);
      expect(document[Name]).toEqual(expect.any(Number));
      expect(Number.isFinite(document[Name])).toBe(true);
    }
    for (const name of Dimensions.flat()) {
      expect(Dimensions.flat().length).toBeLessThanOrEqual(30);
      expect(document[name]).toEqual(expect.any(String));
      expect((document[name] as string).length).toBeGreaterThan(0);
      expect((document[name] as string).length).toBeLessThanOrEqual(1024);
    }
  }
  return CloudWatchMetrics.flatMap(({ Dimensions }) => Dimensions.map((names) => names.join()));
}
