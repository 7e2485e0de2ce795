import { STATES } from '../states/states';
import { fromIso, shown } from '../ui/duration';
import { inOrder, type Slot, timeOf } from './Bars';

/** The same as the bars, to be read. */
export function ChartTable({ slots }: { slots: readonly Slot[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="chart-table" aria-label="Executions over time" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Created</th>
            <th scope="col">Executions</th>
            <th scope="col">States</th>
            <th scope="col">Mean duration</th>
          </tr>
        </thead>
        <tbody>
          {slots.map(
            (slot) =>
              slot.row && (
                <tr key={slot.from}>
                  <td>{timeOf(slot)}</td>
                  <td>{slot.row.count}</td>
                  <td>
                    {inOrder(slot.row.states)
                      .map(({ state, count }) => `${count} ${STATES[state].word}`)
                      .join(', ')}
                  </td>
                  <td>
                    {slot.row.averageDuration ? shown(fromIso(slot.row.averageDuration)) : '–'}
                  </td>
                </tr>
              ),
          )}
        </tbody>
      </table>
    </section>
  );
}
