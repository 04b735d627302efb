/** What the page needs only after the first question is on the screen; fetched as one part (parts.ts). */
export { AwayCover, LeaveDialog } from './later/away.tsx';
export { Calculator } from './later/calculator.tsx';
export { Elsewhere } from './later/elsewhere.tsx';
export { Finished } from './later/finished.tsx';
export { HandIn } from './later/hand-in.tsx';
export { KeyHelp } from './later/key-help.tsx';
export { ScratchPad } from './later/scratch-pad.tsx';
export { TimeOver } from './later/time-over.tsx';
