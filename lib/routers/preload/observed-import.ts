/** A chunk imported a file or a package of the asset while smoke requests were sent. */
export interface ObservedImport {
  readonly from: string;
  readonly file: string;
}
