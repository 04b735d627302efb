import { parentPort } from 'node:worker_threads';
import loadHighs from 'highs';
import type { Program } from './program.rules.ts';
import type { SolveReply, SolveRequest } from './solver.ts';

/** The worker that holds HiGHS: synchronous, so it must not share the thread that answers candidates. */
const highs = await loadHighs();

/** Rows to the compressed form that HiGHS reads. */
function matrixOf({ rows, cost }: Program) {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, index) => {
    starts[index + 1] = (starts[index] ?? 0) + row.indices.length;
  });
  return {
    format: 'csr' as const,
    numRows: rows.length,
    numCols: cost.length,
    starts,
    indices: Int32Array.from(rows.flatMap((row) => row.indices)),
    values: Float64Array.from(rows.flatMap((row) => row.values)),
  };
}

/** HiGHS has its own infinity; ours is JavaScript's. */
const bounded = (values: readonly number[]): Float64Array =>
  Float64Array.from(values, (value) => (Number.isFinite(value) ? value : Math.sign(value) * highs.infinity));

function solve({ program, secondsLimit, nodeLimit, cancel }: SolveRequest): Omit<SolveReply, 'id'> {
  const { integer, continuous } = highs.constants.variableType;
  const cancelled = new Int32Array(cancel);
  const started = performance.now();
  return highs.withModel(
    {
      numCols: program.cost.length,
      numRows: program.rows.length,
      colCost: Float64Array.from(program.cost),
      colLower: bounded(program.lower),
      colUpper: bounded(program.upper),
      rowLower: bounded(program.rows.map((row) => row.lower)),
      rowUpper: bounded(program.rows.map((row) => row.upper)),
      matrix: matrixOf(program),
      integrality: program.whole.map((whole) => (whole ? integer : continuous)),
      sense: highs.constants.objectiveSense.minimize,
    },
    (model) => {
      model.options.set({
        output_flag: false,
        time_limit: secondsLimit,
        mip_max_nodes: nodeLimit,
        mip_rel_gap: 0,
        mip_abs_gap: program.gap,
      });
      const stop = (event: { interrupt(): void }): undefined => {
        if (Atomics.load(cancelled, 0) === 1) event.interrupt();
        return undefined;
      };
      model.run({ [highs.constants.callbackType.mipInterrupt]: stop });
      const status = model.getModelStatus();
      const found = model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
      return {
        outcome: outcomeOf(status, found, Atomics.load(cancelled, 0) === 1),
        values: found ? [...model.getSolution().colValue] : [],
        ms: Math.round(performance.now() - started),
      };
    },
  );
}

function outcomeOf(status: number, found: boolean, cancelled: boolean): SolveReply['outcome'] {
  const { modelStatus } = highs.constants;
  if (cancelled) return 'cancelled';
  if (status === modelStatus.optimal) return 'best';
  if (status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible) return 'infeasible';
  return found ? 'found' : 'out-of-time';
}

parentPort?.on('message', (request: SolveRequest) => {
  const { id } = request;
  try {
    parentPort?.postMessage({ id, ...solve(request) } satisfies SolveReply);
  } catch (error) {
    parentPort?.postMessage({
      id,
      outcome: 'failed',
      values: [],
      ms: 0,
      detail: String(error),
    } satisfies SolveReply);
  }
});
