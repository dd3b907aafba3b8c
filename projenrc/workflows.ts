import { cdk, Component, github, release } from 'projen';

const { READ, WRITE } = github.workflows.JobPermission;

/** All actions that the workflows use, with the commit of each release. A tag can be moved, but a commit cannot. */
const ACTIONS: Record<string, { readonly version: string; readonly commit: string }> = {
  'actions/attest': { version: 'v4.2.2', commit: '1e69f48acb82d1966a394da916b4c1698aa569d6' },
  'actions/checkout': { version: 'v7.0.1', commit: '3d3c42e5aac5ba805825da76410c181273ba90b1' },
  'actions/deploy-pages': { version: 'v5.0.0', commit: 'cd2ce8fcbc39b97be8ca5fce6e763baed58fa128' },
  'actions/download-artifact': { version: 'v8.0.1', commit: '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c' },
  'actions/setup-dotnet': { version: 'v6.0.0', commit: 'a98b56852c35b8e3190ac28c8c2271da59106c68' },
  'actions/setup-go': { version: 'v7.0.0', commit: 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e' },
  // projen uses v6.0.0.
  'actions/setup-java': { version: 'v5.7.0', commit: 'b6effb05e454b25005698d916606bdc6ffcbf961' },
  'actions/setup-node': { version: 'v7.0.0', commit: '820762786026740c76f36085b0efc47a31fe5020' },
  'actions/setup-python': { version: 'v7.0.0', commit: '5fda3b95a4ea91299a34e894583c3862153e4b97' },
  'actions/upload-artifact': { version: 'v7.0.1', commit: '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a' },
  'actions/upload-pages-artifact': { version: 'v5.0.0', commit: 'fc324d3547104276b827a68afc52ff2a11cc49c9' },
};

const JAVA = { version: '11' };
const DOTNET = { version: '6.x' };
const GO = { version: '^1.18.0' };
/** .github/requirements.txt is locked for this version. */
const PYTHON = { version: '3.13' };
/** It includes npm 11.5.1 or newer, which can publish without a token. */
const NODE = { version: '24.21.0' };

/**
 * The registries of a release, and the tools that publib needs. The key is the name of publib's command, of the job, and of its GitHub environment.
 */
const REGISTRIES: Record<string, github.workflows.Tools> = {
  npm: {},
  maven: { java: JAVA },
  pypi: { python: PYTHON },
  nuget: { dotnet: DOTNET, python: PYTHON },
  golang: {},
};

export const SBOM = 'dist/sbom.cdx.json';

/** Options of a publishing job. It downloads the output of the job `release` and runs only publib, in the version of package-lock.json. */
export function publishing(registry: string): release.CommonPublishOptions {
  return {
    githubEnvironment: registry,
    prePublishSteps: [
      github.WorkflowSteps.checkout({ with: { path: '.repo' } }),
      { name: 'Install publib', run: 'cd .repo && npm ci --ignore-scripts' },
      ...(REGISTRIES[registry].python ? [INSTALL_FOR_PYTHON] : []),
    ],
  };
}

const INSTALL_FOR_PYTHON: github.workflows.JobStep = {
  name: 'Install what publib runs',
  run: 'python3 -m pip install --user --require-hashes -r .repo/.github/requirements.txt',
};

/** Settings of the workflows that projen has no options for. docs/adr/0016-release-pipeline.md explains them. */
export class ReleasePipeline extends Component {
  constructor(private readonly library: cdk.JsiiProject) {
    super(library);
    for (const [action, { commit }] of Object.entries(ACTIONS)) library.github!.actions.set(action, `${action}@${commit}`);
    library.release!.addJobs({ release_attest: attestation(library.release!.publisher.condition!) });
    library.release!.publisher.addGitHubPostPublishingSteps(SBOM_UPLOAD);
  }

  /** Runs after projen's own components, so all jobs exist. */
  preSynthesize() {
    const { workflows } = this.library.github!;
    for (const workflow of workflows) restrict(workflow);

    const releasing = workflows.find(({ name }) => name === 'release')!;
    const build = releasing.getJob('release') as github.workflows.Job;
    releasing.updateJob('release', { ...build, permissions: { contents: READ }, tools: { java: JAVA, python: PYTHON, go: GO, dotnet: DOTNET } });
    for (const registry of Object.keys(REGISTRIES)) runLockedPublib(releasing, registry);
  }
}

/** Write permissions only where a job lists them, programs only from package-lock.json, and no token on the disk. */
function restrict(workflow: github.GithubWorkflow) {
  workflow.file!.addOverride('permissions.contents', READ);
  workflow.file!.addOverride('env.NPM_CONFIG_YES', 'false');
  for (const [id, job] of Object.entries(workflow.jobs)) {
    if (!('steps' in job)) continue;
    // The steps of the job `build` do not exist yet. The first one is its checkout.
    if (!Array.isArray(job.steps)) workflow.file!.addOverride(`jobs.${id}.steps.0.with.persist-credentials`, false);
    else workflow.updateJob(id, { ...job, steps: job.steps.map(withoutCredentials) });
  }
}

function withoutCredentials(step: github.workflows.JobStep): github.workflows.JobStep {
  return step.uses?.startsWith('actions/checkout@') ? { ...step, with: { ...step.with, 'persist-credentials': false } } : step;
}

/** By default, npx downloads publib with dependencies that no lock file pins, and publib lets pip download more packages. */
function runLockedPublib(workflow: github.GithubWorkflow, registry: string) {
  const id = `release_${registry}`;
  const tools = REGISTRIES[registry];
  const offline: Record<string, string> = tools.python ? { PIP_NO_INDEX: '1' } : {};
  workflow.updateJob(id, { ...(workflow.getJob(id) as github.workflows.Job), tools: { ...tools, node: NODE } });
  const { env } = workflow.getStep(id, 'release');
  workflow.patchStep(id, 'release', { run: `.repo/node_modules/.bin/publib-${registry}`, env: { ...env, ...offline } });
}

/** Attests which workflow and commit created the published files, and what the npm package contains. */
function attestation(condition: string): github.workflows.Job {
  const attest = `actions/attest@${ACTIONS['actions/attest'].commit}`;
  return {
    name: 'Attest what is published',
    needs: ['release'],
    runsOn: ['ubuntu-latest'],
    permissions: { attestations: WRITE, idToken: WRITE },
    if: `${condition} && !inputs.dry_run`,
    steps: [
      github.WorkflowSteps.downloadArtifact({ with: { artifactIds: ['${{ needs.release.outputs.artifact_id }}'], path: 'dist' } }),
      {
        name: 'Attest the provenance',
        uses: attest,
        with: { 'subject-path': ['dist/js/*.tgz', 'dist/python/*', 'dist/java/**/*.jar', 'dist/dotnet/*.nupkg', SBOM].join('\n') },
      },
      { name: 'Attest the bill of materials', uses: attest, with: { 'subject-path': 'dist/js/*.tgz', 'sbom-path': SBOM } },
    ],
  };
}

const SBOM_UPLOAD: github.workflows.JobStep = {
  name: 'Attach the bill of materials',
  if: '${{ !inputs.dry_run }}',
  env: { GITHUB_TOKEN: '${{ secrets.GITHUB_TOKEN }}' },
  run: `gh release upload "$(cat dist/releasetag.txt)" ${SBOM} -R "$GITHUB_REPOSITORY" --clobber`,
};

/** Tests CDK apps in all languages every night, with the packages that a release would publish. */
export function addLanguagesWorkflow(gitHub: github.GitHub) {
  const workflow = gitHub.addWorkflow('languages');
  workflow.on({ schedule: [{ cron: '17 3 * * *' }], workflowDispatch: {} });
  workflow.addJob('languages', {
    runsOn: ['ubuntu-latest'],
    permissions: { contents: READ },
    // The app in C# is for .NET 8.
    tools: { node: NODE, java: JAVA, python: PYTHON, go: GO, dotnet: { version: '8.x' } },
    env: { CI: 'true', LAZY_API_REQUIRE_LANGUAGES: 'python,java,go,csharp' },
    steps: [
      github.WorkflowSteps.checkout(),
      { name: 'Install dependencies', run: 'npm ci' },
      { name: 'Compile', run: 'npx projen compile' },
      { name: 'Synthesize the examples', run: 'npx projen test:languages' },
    ],
  });
}

/** Tests the Python package every night with each Python that Lambda has, and with the oldest and the newest FastAPI. */
export function addPythonWorkflow(gitHub: github.GitHub) {
  const workflow = gitHub.addWorkflow('python');
  workflow.on({ schedule: [{ cron: '47 3 * * *' }], workflowDispatch: {} });
  for (const [python, jobs] of PYTHON_JOBS) {
    workflow.addJob(`python-${python.replace('.', '-')}`, {
      name: `Python ${python}`,
      runsOn: ['ubuntu-latest'],
      permissions: { contents: READ },
      tools: { python: { version: python } },
      steps: [
        github.WorkflowSteps.checkout(),
        { name: 'Test the Python package', run: `python python/tests/run.py ${jobs.join(' ')}` },
      ],
    });
  }
}

/** The jobs of python/tests/run.py. The oldest FastAPI does not run on Python 3.14. */
const PYTHON_JOBS: readonly (readonly [python: string, jobs: readonly string[]])[] = [
  ['3.11', ['3.11-oldest', '3.11-newest']],
  ['3.12', ['3.12-oldest', '3.12-newest']],
  ['3.13', ['lint', '3.13-oldest', '3.13-newest', 'upstream']],
  ['3.14', ['3.14-newest']],
];
