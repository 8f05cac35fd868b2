// The bundle file itself: model, recipe, contract, baseline and provenance, to be read back by any Barnacle.
import { writeBundle } from '../write-bundle.ts';
import { defineExporter } from './exporter.ts';

export const bundle = defineExporter({
  type: 'bundle',
  label: 'Barnacle bundle',
  help: 'Everything in one checked file: open it in another Barnacle or with the command line. Nothing is lost.',
  extension: '.barnacle',
  mime: 'application/octet-stream',
  write: (subject) => writeBundle(subject),
});
