// The data dictionary: what each column means, where it comes from, who answers for it and what people agreed to.
// The person writes it; kinds and figures come from the profile when it is exported (Markdown or JSON).
export type ColumnEntry = { description: string; unit: string; source: string; sensitive: boolean; note: string };
export type DataDictionary = {
  version: 1;
  title: string;
  description: string;
  owner: string;
  source: string;
  collected: string;
  licence: string;
  consent: string;
  /** By column name; columns without an entry have none yet. */
  columns: { [column: string]: ColumnEntry };
};
