export default function TopologyTab({ executionId }: { executionId: string }) {
  return <p data-execution={executionId} />;
}
