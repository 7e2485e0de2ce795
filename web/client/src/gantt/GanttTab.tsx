export default function GanttTab({ executionId }: { executionId: string }) {
  return <p data-execution={executionId} />;
}
