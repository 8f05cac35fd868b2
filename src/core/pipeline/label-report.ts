// Labels that look wrong: the record that a review shows (studio, CLI).

/** A row whose label disagrees with what models that never saw it say. Shares are out-of-fold probabilities; for a number target `givenShare` is the label's quality in (0, 1] and `suggestedShare` 1. */
export type LabelIssue = { row: number; given: string; suggested: string; givenShare: number; suggestedShare: number; cells: (string | null)[] };

export type LabelReport = {
  /** The worst first, at most 1,000. */
  issues: LabelIssue[];
  total: number;
  columns: string[];
  /** Rows that were judged. */
  rows: number;
  learner: string;
  folds: number;
  /** Estimated share of wrong labels. */
  noise: number;
};
