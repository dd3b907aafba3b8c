// Checks what jsii-pacmak generates for the registries of other languages.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missing } from './missing.mjs';
import { readWheel } from './wheel.mjs';

/** Returns the problems of the files for PyPI. jsii-pacmak has already run `twine check`. */
export function pythonProblems(wheel, sdist, version, { name, license }) {
  const { names, metadata } = readWheel(wheel);
  const source = execFileSync('tar', ['-xzOf', sdist, `${name.replaceAll('-', '_')}-${version}/PKG-INFO`], { encoding: 'utf8' });
  return [
    ...missing('Python', metadata, [`Name: ${name}`, `Version: ${version}`, `License: ${license}`, 'Description-Content-Type: text/markdown']),
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
