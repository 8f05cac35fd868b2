// "flights.csv.gz" -> "flights": a file's name without the endings that say its format or packing.
const endings = /(\.(csv|tsv|tab|txt|data|dat|json|ndjson|jsonl|parquet|arrow|feather|avro|xlsx|ods|sqlite|db|gz|zst|zip))+$/i;

export const fileStem = (name: string): string => name.replace(endings, '').replaceAll(/[\\/:*?"<>|]+/g, '-').slice(0, 80) || 'data';
