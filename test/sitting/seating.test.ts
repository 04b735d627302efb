import { expect } from 'chai';
import fc from 'fast-check';
import { formOfSeat, seatCandidates } from '../../src/sitting/seating.rules.ts';

const people = (n: number): string[] => Array.from({ length: n }, (_, i) => `enr_${i}`);

describe('seating rule', () => {
  it('gives neighbours beside, in front and behind different forms', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 2, max: 4 }),
        (seats, columns, count) => {
          const forms = Array.from({ length: count }, (_, i) => `f${i}`) as [string, ...string[]];
          for (let seat = 1; seat <= seats; seat += 1) {
            if (seat % columns !== 0)
              expect(formOfSeat(seat, columns, forms)).not.to.equal(formOfSeat(seat + 1, columns, forms));
            expect(formOfSeat(seat, columns, forms)).not.to.equal(formOfSeat(seat + columns, columns, forms));
          }
        },
      ),
    );
  });

  it('seats everyone once, on a seat that exists, no seat twice', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ seats: fc.integer({ min: 1, max: 40 }), columns: fc.integer({ min: 1, max: 8 }) }),
          { minLength: 1, maxLength: 5 },
        ),
        fc.nat(100),
        fc.string(),
        (shapes, n, seed) => {
          const rooms = shapes.map((shape, i) => ({ roomId: `r${i}`, ...shape }));
          const capacity = rooms.reduce((sum, room) => sum + room.seats, 0);
          const verdict = seatCandidates(rooms, people(n), ['a', 'b'], seed);
          expect(verdict.ok).to.equal(n <= capacity);
          if (!verdict.ok) {
            expect(verdict).to.include({ code: 'sitting.too-few-seats', needed: n, present: capacity });
            return;
          }
          expect(new Set(verdict.seats.map((s) => s.enrolmentId)).size).to.equal(n);
          expect(new Set(verdict.seats.map((s) => `${s.roomId}/${s.seat}`)).size).to.equal(n);
          for (const { roomId, seat } of verdict.seats) {
            expect(seat).to.be.within(1, rooms.find((room) => room.roomId === roomId)?.seats ?? 0);
          }
        },
      ),
    );
  });

  it('depends on the seed and not on the order of the list', () => {
    const rooms = [{ roomId: 'r', seats: 30, columns: 6 }];
    const one = seatCandidates(rooms, people(30), ['a', 'b'], 'seed');
    expect(seatCandidates(rooms, people(30).reverse(), ['a', 'b'], 'seed')).to.deep.equal(one);
    expect(seatCandidates(rooms, people(30), ['a', 'b'], 'other')).not.to.deep.equal(one);
  });
});
