import { performance } from 'node:perf_hooks';

/**
 * Time for leases of presence, ms. A lease is about real seconds ("the console spoke to us in the last ten"), so it must
 * not follow the server's clock, which a demo moves forward by minutes and an administrator may step: everybody would
 * seem to have gone, or to be still there. This one starts from the machine's time and then only runs: no step of the
 * machine's clock reaches it. Nodes whose clocks agree can compare it; a restart reads the machine's time anew.
 */
export const machineNow = (): number => Math.round(performance.timeOrigin + performance.now());
