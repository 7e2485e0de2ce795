import './app/fonts.css';
import './app/tokens.css';
import './app/base.css';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { App } from './app/App';
import { startTheme } from './app/theme';
import { client } from './graphql/client';

startTheme();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <Provider value={client}>
    <App />
  </Provider>,
);
