/** What every setting has. */

/** One setting as an operator sees it. */
export interface Setting {
  readonly allowed: string;
  readonly example: string;
  /** Never shown, only its length. */
  readonly secret?: true;
}

export interface CheckedSetting extends Setting {
  readonly check: (value: string) => boolean;
}
