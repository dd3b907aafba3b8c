import { byId, milliseconds, setText } from './dom.mjs';

const DESCRIBED = {
  built: ({ ms }) => ['ok', ms === undefined ? 'Built' : `Built in ${milliseconds(ms)} ms`],
  building: () => ['wait', 'Building'],
  failed: () => ['bad', 'Build failed'],
};

/** The state of the build, and the error that covers the page while the latest build has failed. */
export function createBuildView() {
  const dialog = byId('failure');
  let shown = 0;
  byId('show-error').addEventListener('click', () => dialog.showModal());
  return {
    update({ build, failedBuilds }) {
      const [mark, text] = DESCRIBED[build.kind](build);
      setText(byId('build'), text);
      byId('build').dataset.mark = mark;
      byId('show-error').hidden = build.kind !== 'failed';
      if (build.kind === 'built' && dialog.open) dialog.close();
      if (build.kind !== 'failed') return;
      setText(byId('failure-text'), build.error);
      if (failedBuilds !== shown && !dialog.open) dialog.showModal();
      shown = failedBuilds;
    },
  };
}
