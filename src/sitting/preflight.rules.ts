import type { Equipment } from './sitting.contract.ts';

/** Theory and skill tests take at least this long, minutes (11.3). */
export const LEAST_MINUTES = 90;

/** What a room lacks of the equipment that clause 5.2.2 asks; its computers are counted against the candidates apart. */
export function missingEquipment(equipment: Equipment): ('multimedia' | 'audio' | 'internet')[] {
  return (['multimedia', 'audio', 'internet'] as const).filter((kind) => !equipment[kind]);
}
