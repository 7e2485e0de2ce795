import './workers';
import 'graphiql/style.css';
import './playground.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import mark from '../app/mark.svg';
import { keptTheme } from '../app/theme';
import { openSocket } from '../graphql/socket';

const fetcher = createGraphiQLFetcher({ url: '/graphql', wsClient: await openSocket() });

const FIRST_QUERY = `# The API behind every page of Flowdeck.
# Ctrl+Enter runs the operation at the cursor; Ctrl+Space completes.
query LatestExecutions {
  executions(first: 10) {
    nodes {
      id
      namespace
      flowId
      state
      startedAt
      duration
    }
  }
}
`;

/** A page of the product may bring its own operation along. */
const given = new URLSearchParams(location.hash.slice(1));

const root = document.getElementById('root');
if (!root) throw new Error('graphiql.html has no element with the id "root"');
createRoot(root).render(
  <GraphiQL
    fetcher={fetcher}
    defaultQuery={FIRST_QUERY}
    initialQuery={given.get('query') ?? undefined}
    initialVariables={given.get('variables') ?? undefined}
    forcedTheme={keptTheme()}
  >
    <GraphiQL.Logo>
      <a className="home" href="/executions">
        <img src={mark} alt="" width="20" height="20" />
        Flowdeck
      </a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
