export default function LogsTab({ executionId }: { executionId: string }) {
  return <p data-execution={executionId} />;
}
