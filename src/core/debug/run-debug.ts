// Runs debugging tools on a subject one after the other. A tool that throws is a finding of its own (the fit failed); a stop
// keeps what is done and drops the tool under way (a fit cut short says nothing), a discard throws.
import { isBarnacleError } from '../base/errors.ts';
import type { DebugContext, DebugFinding, DebugSubject } from './debug.ts';
import { skipped } from './debug.ts';
import { debugTools } from './index.ts';

/** `each` hears of a finding as it comes. Throws unknown-type, and `stopped` on a discard. */
export async function runDebug(
  subject: DebugSubject,
  types: readonly string[],
  context: DebugContext,
  each: (finding: DebugFinding) => void = () => {},
): Promise<DebugFinding[]> {
  const findings: DebugFinding[] = [];
  const tools = types.map((type) => debugTools.get(type));
  let stopped = false;
  const breathe = async (): Promise<'go' | 'stop'> => {
    const wish = await context.breathe();
    stopped ||= wish === 'stop';
    return wish;
  };
  for (const [k, tool] of tools.entries()) {
    const report: DebugContext['report'] = (progress) =>
      context.report({ ...progress, stage: 'debug', done: (k + Math.min(1, progress.done ?? 0)) / tools.length, text: `${tool.label}: ${progress.text}` });
    report({ stage: 'debug', done: 0, text: 'beginning' });
    const finding: DebugFinding = {
      id: tool.type,
      label: tool.label,
      ...(await judged(() => (tool.suits === 'nets' && !subject.study ? Promise.resolve(noNet(subject)) : tool.run(subject, { ...context, report, breathe })))),
    };
    if (stopped) break;
    findings.push(finding);
    each(finding);
    if ((await breathe()) === 'stop') break;
  }
  return findings;
}

const noNet = ({ learner }: DebugSubject) => skipped(`${learner.label} trains no net`, 'This tool looks into the layers and steps of a net.');

async function judged(run: () => Promise<Omit<DebugFinding, 'id' | 'label'>>): Promise<Omit<DebugFinding, 'id' | 'label'>> {
  try {
    return await run();
  } catch (error) {
    if (!isBarnacleError(error) || isBarnacleError(error, 'stopped') || isBarnacleError(error, 'paused')) throw error;
    return {
      verdict: 'fail',
      headline: `Training failed: ${error.message}`,
      explanation: 'The tool could not go through because the fit itself threw; the message says what to change.',
      figures: [{ label: 'error', value: error.code }],
    };
  }
}
