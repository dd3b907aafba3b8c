/** Something that is valid but may be a mistake. */
export interface Warning {
  /** Users acknowledge the warning with this ID, so it must not change. */
  readonly id: string;
  readonly text: string;
}
