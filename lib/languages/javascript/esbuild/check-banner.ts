import type * as esbuild from 'esbuild';
import { bannerOf } from './esbuild-options';
import { Esbuild } from './find-esbuild';
import { LazyApiError } from '../../../private/errors';

/** A build copies the banner into each chunk unchanged. Without this check, an error in it would look like an error in a router. */
export function checkBanner(engine: Esbuild, banner: string | undefined): void {
  if (banner === undefined) return;
  try {
    engine.transformSync(bannerOf(banner), { logLevel: 'silent' });
  } catch (error) {
    const [{ text }] = (error as esbuild.TransformFailure).errors;
    const message = `bundling.banner must be JavaScript that can start an ES module, got "${banner}": ${text}`;
    throw new LazyApiError('BUNDLING_OPTION', message, { cause: error });
  }
}
