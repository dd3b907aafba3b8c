import { Distribution } from './python-dependencies';
import { checkTotalSize } from '../../../routers/asset/asset-size';

/** Throws an error if the dependencies alone are larger than Lambda accepts. */
export function checkSize(distributions: readonly Distribution[]): void {
  const contents = distributions.map(({ name, version, bytes }) => ({ name: `${name} ${version}`, bytes }));
  checkTotalSize(contents, 'use smaller packages, exclude packages that a layer brings with excludePackages, or split the API');
}
