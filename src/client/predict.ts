// The page's side of a predict worker: for pages that only serve a bundle. It never loads training code.
import predictUrl from '../../workers/predict.ts?worker&url';
import type { PredictApi } from '../wire/predict.ts';
import { trustedUrl } from '../wire/trusted-url.ts';
import { linkWorker, type WorkerLink } from './worker-link.ts';

export const startPredict = (): WorkerLink<PredictApi> => linkWorker<PredictApi>('predict', () => new Worker(trustedUrl(predictUrl), { type: 'module', name: 'barnacle-predict' }));
