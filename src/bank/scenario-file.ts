import { issueOf, schemaIssues } from './bank-file.ts';
import type { ImportIssue } from './bank.contract.ts';
import { Scenario, type CandidateScenario, type Check } from './scenario.contract.ts';
import { judgeScenario } from './scenario.rules.ts';

/** Every fault of a scenario file. */
export function judgeScenarioFile(raw: unknown, file: string): ImportIssue[] {
  const shape = schemaIssues(file, Scenario, raw, '');
  if (shape.length > 0) return shape;
  const scenario = raw as Scenario;
  const level = scenario.id.startsWith(`${scenario.level}-`)
    ? []
    : [
        issueOf(
          file,
          '/id',
          'bank.schema',
          { detail: '/id must begin with the level', detailZh: '/id 应以级别开头' },
          scenario.id,
        ),
      ];
  const faults = judgeScenario(scenario, scenario.checks);
  return [
    ...level,
    ...faults.map((fault) => issueOf(file, fault.path, fault.code, fault.params, scenario.id)),
  ];
}

/** Splits a scenario into what a candidate sees, named field by field, and its checks. */
export function splitScenario(scenario: Scenario): { candidate: CandidateScenario; checks: Check[] } {
  const { title, brief, minutes, sheets, state, fields, checks } = scenario;
  return { candidate: { title, brief, minutes, sheets, state, fields }, checks };
}
