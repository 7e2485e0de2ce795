import { Link } from 'wouter';
import { Button } from '../ui/Button';
import { Empty } from '../ui/Empty';

/** The empty list, with the one next step. */
export default function NoExecutions({
  filtered,
  onClear,
}: {
  filtered: boolean;
  onClear: () => void;
}) {
  if (filtered) {
    return (
      <Empty
        title="No execution is like that"
        action={<Button onClick={onClear}>Clear the filter</Button>}
      >
        Executions that come to match the filter appear here by themselves.
      </Empty>
    );
  }
  return (
    <Empty
      title="No executions yet"
      action={
        <Link href="/flows" className="button primary">
          Choose a flow to execute
        </Link>
      }
    >
      Every run of a flow appears here the moment it starts: its state, how long it takes, and what
      started it.
    </Empty>
  );
}
