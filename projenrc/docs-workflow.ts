import { cdk, Component, github } from 'projen';

const { READ, WRITE } = github.workflows.JobPermission;

/** Publishes the documentation site to GitHub Pages with each push to `main`. */
export class DocsWorkflow extends Component {
  constructor(library: cdk.JsiiProject) {
    super(library);
    const workflow = library.github!.addWorkflow('docs');
    workflow.on({ push: { branches: ['main'] }, workflowDispatch: {} });
    workflow.addJobs({ docs: build(library), docs_publish: publish(library) });
  }
}

function build({ github: gitHub, package: { minNodeVersion } }: cdk.JsiiProject): github.workflows.Job {
  return {
    name: 'Build the documentation site',
    runsOn: ['ubuntu-latest'],
    permissions: { contents: READ },
    tools: { node: { version: minNodeVersion! } },
    steps: [
      github.WorkflowSteps.checkout(),
      { name: 'Install dependencies', run: 'npm ci --ignore-scripts' },
      { name: 'Build the site', run: 'npx projen docs' },
      { name: 'Upload the site', uses: gitHub!.actions.get('actions/upload-pages-artifact'), with: { path: 'docs/site/.vitepress/dist' } },
    ],
  };
}

/** Runs no code of this repository, because it can publish the site. */
function publish({ github: gitHub }: cdk.JsiiProject): github.workflows.Job {
  return {
    name: 'Publish to GitHub Pages',
    needs: ['docs'],
    runsOn: ['ubuntu-latest'],
    permissions: { pages: WRITE, idToken: WRITE },
    environment: 'github-pages',
    steps: [{ name: 'Publish', uses: gitHub!.actions.get('actions/deploy-pages') }],
  };
}
