import { fontEnvironment } from '../../render/font-environment.ts';

// As in a renderer: the same letters on every machine. fontconfig reads this when the first text of a process is
// drawn, whichever test that is, so it is set before all of them.
// oxlint-disable-next-line node/no-process-env
Object.assign(process.env, fontEnvironment());
