import { DependencyInstaller, DependencyRequest, PythonDependencies } from '../../languages/python/dependencies/python-dependencies';

/** Installs again only if what is to be installed has changed: an installation has thousands of files to look at. */
export class RememberingInstaller implements DependencyInstaller {
  private last?: { readonly key: string; readonly dependencies: PythonDependencies };

  /** @param forHost whether the packages are also installed for this machine */
  constructor(private readonly installer: DependencyInstaller, private readonly forHost: boolean) {}

  public key(request: DependencyRequest): string {
    return this.installer.key(request);
  }

  public install({ host, ...request }: DependencyRequest): PythonDependencies {
    const wanted = this.forHost ? { ...request, host } : request;
    const key = this.key(wanted);
    if (this.last?.key !== key) this.last = { key, dependencies: this.installer.install(wanted) };
    return this.last.dependencies;
  }
}
