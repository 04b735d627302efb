import { readFileSync } from 'node:fs';

/** What a process has used, all its threads together. */
export interface Usage {
  /** User and system time since it started, µs; the kernel counts in steps of 10 ms. */
  cpuMicros: number;
  /** Of that, the main thread's: requests are answered there, the store works in a thread of its own. */
  mainCpuMicros: number;
  /** Memory that is in RAM now, and the most it has ever been, MiB. */
  rssMb: number;
  peakRssMb: number;
}

const MICROS_PER_TICK = 10_000;

function cpuMicrosOf(path: string): number {
  const stat = readFileSync(path, 'utf8');
  // The command's name is in brackets and may hold anything; the fields after it are numbered from 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MICROS_PER_TICK;
}

/** Reads a process's use from /proc. @throws Error when the process is gone */
export function usageOf(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (name: string): number =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 102.4) / 10;
  return {
    cpuMicros: cpuMicrosOf(`/proc/${pid}/stat`),
    mainCpuMicros: cpuMicrosOf(`/proc/${pid}/task/${pid}/stat`),
    rssMb: mebibytes('VmRSS'),
    peakRssMb: mebibytes('VmHWM'),
  };
}
