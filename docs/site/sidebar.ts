/** The guides, by group, in the order of the sidebar: the name of the page's file in docs/, and its title in the sidebar. */
export const GUIDES: Record<string, Record<string, string>> = {
  'Build an API': {
    'routers': 'Routers',
    'frameworks': 'Frameworks',
    'bundling': 'Bundling',
    'native-packages': 'Native packages and files',
    'function': 'The function',
    'secrets': 'Secrets and parameters',
  },
  'Put it behind an endpoint': {
    'endpoints': 'Endpoints',
    'rest-apis': 'REST APIs',
    'authorization': 'Authorization',
    'security': 'Security and compliance',
  },
  'Make it fast': {
    'cold-starts': 'Cold starts and preloading',
    'performance': 'Performance',
    'how-it-works': 'How it works',
  },
  'Run it': {
    testing: 'Testing',
    deployments: 'Deployments',
  },
};

/** Pages of docs/ that other pages link to, and that do not exist yet. A link to any other missing page fails the build. */
export const TO_COME = ['local-development', 'logs-and-metrics', 'migration', 'monitoring', 'troubleshooting'];
