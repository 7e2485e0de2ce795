import { Component, type ReactNode } from 'react';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';

interface State {
  readonly problem: Error | null;
}

/** Keeps a fault in one part of the page from taking the rest with it. A new `place` begins anew. */
export class ErrorBoundary extends Component<{ place: string; children: ReactNode }, State> {
  override state: State = { problem: null };

  static getDerivedStateFromError(problem: Error): State {
    return { problem };
  }

  override componentDidUpdate(before: { place: string }) {
    if (before.place !== this.props.place && this.state.problem) this.setState({ problem: null });
  }

  override render() {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    return (
      <div className="page-problem">
        <Notice
          title="This part of the page could not be drawn"
          action={<Button onClick={() => location.reload()}>Reload</Button>}
        >
          {problem.message}. Reload the page; if it comes again, the server may be newer than this
          page.
        </Notice>
      </div>
    );
  }
}
