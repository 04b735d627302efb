import type { PoolItem } from '../../src/bank/item.contract.ts';
import { DIFFICULTIES, ITEM_TYPES } from '../../src/bank/item.contract.ts';
import { functionsOf } from '../../src/bank/syllabus.ts';
import { seeded } from '../../src/shared/seeded.ts';

/** A pool of the junior level: `perCell` items of each content and type, difficulties about 3:5:2 by seed. */
export function samplePool(perCell: number, seed = 'pool'): PoolItem[] {
  const chance = seeded(seed);
  const pool: PoolItem[] = [];
  for (const fn of functionsOf('junior')) {
    for (const content of fn.contents) {
      for (const type of ITEM_TYPES) {
        for (let n = 0; n < perCell; n += 1) {
          const roll = chance();
          const difficulty = DIFFICULTIES[roll < 0.3 ? 0 : roll < 0.8 ? 1 : 2];
          pool.push({
            itemId: `${content.code}-${String(pool.length).padStart(3, '0')}`,
            version: 1,
            type,
            function: fn.code,
            content: content.code,
            difficulty,
            enemies: [],
          });
        }
      }
    }
  }
  return pool;
}
