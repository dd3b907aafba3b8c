/** Something that is valid but may be a mistake. */
export interface Warning {
  /** Users acknowledge the warning by this id, so it does not change. */
  readonly id: string;
  readonly text: string;
}
