export default function TaskRunDrawer({ executionId }: { executionId: string }) {
  return <aside data-execution={executionId} />;
}
