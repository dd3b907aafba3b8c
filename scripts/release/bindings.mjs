// Checks what jsii-pacmak generates for the registries of other languages.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads the metadata of a wheel and compiles its modules, without its dependencies. */
const READ_WHEEL = `
import email, json, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
names = wheel.namelist()
for name in names:
    if name.endswith('.py'): compile(wheel.read(name), name, 'exec')
metadata = email.message_from_bytes(wheel.read(next(name for name in names if name.endswith('.dist-info/METADATA'))))
print(json.dumps({'names': names, 'metadata': metadata.items()}))
`;

/** Returns the problems of the files for PyPI. jsii-pacmak has already run `twine check`. */
export function pythonProblems(wheel, sdist, version, { name, license }) {
  const { names, metadata } = JSON.parse(execFileSync('python3', ['-c', READ_WHEEL, wheel], { encoding: 'utf8' }));
  const source = execFileSync('tar', ['-xzOf', sdist, `${name.replaceAll('-', '_')}-${version}/PKG-INFO`], { encoding: 'utf8' });
  return [
    ...missing('Python', metadata.map((entry) => entry.join(': ')), [`Name: ${name}`, `Version: ${version}`, `License: ${license}`, 'Description-Content-Type: text/markdown']),
    ...missing('Python', names, ['cdk_lazy_api/py.typed', `cdk_lazy_api/_jsii/${name}@${version}.jsii.tgz`]),
    ...missing('Python, the source distribution', source.split('\n'), [`Version: ${version}`]),
  ];
}

/** Returns the problems of the generated code for Maven Central, Go, and NuGet. */
export function generatedProblems(folder, version, { name, license, repository, jsii }) {
  const { java, dotnet, go } = jsii.targets;
  const inMaven = (element, value) => `<${element}>${value}</${element}>`;
  const project = join(folder, 'dotnet', dotnet.namespace);
  const module = join(folder, 'go', go.packageName ?? name.replaceAll('-', ''));
  return [
    ...missing('Java', elements(join(folder, 'java/pom.xml')), [
      inMaven('groupId', java.maven.groupId), inMaven('artifactId', java.maven.artifactId), inMaven('version', version), inMaven('url', repository.url),
    ]),
    ...missing('.NET', elements(join(project, `${dotnet.packageId}.csproj`)), [
      inMaven('PackageId', dotnet.packageId), inMaven('PackageVersion', version), inMaven('PackageLicenseExpression', license), inMaven('RepositoryUrl', repository.url),
    ]),
    ...missing('.NET', readdirSync(project), [`${name}-${version}.tgz`]),
    ...missing('Go', [readFileSync(join(module, 'version'), 'utf8').trim(), readFileSync(join(module, 'go.mod'), 'utf8').split('\n')[0]], [
      version, `module ${go.moduleName}/${name.replaceAll('-', '')}`,
    ]),
    ...missing('Go', readdirSync(join(module, 'jsii')), [`${name}-${version}.tgz`]),
  ];
}

const elements = (file) => readFileSync(file, 'utf8').split('\n').map((line) => line.trim());

function missing(language, present, required) {
  return required.filter((item) => !present.includes(item)).map((item) => `${language}: "${item}" is missing`);
}
